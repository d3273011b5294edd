package dev.laurel.web.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.imports.ImportCounts;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportJob.Progress;
import dev.laurel.imports.ImportOptions;
import dev.laurel.imports.ImportOptions.ClosedWindows;
import dev.laurel.imports.ImportOptions.OnChange;
import dev.laurel.imports.ImportPhase;
import dev.laurel.imports.ImportState;
import dev.laurel.imports.MappingText;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.imports.file.mapping.RowError;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** An import as its clients see it. */
@Schema(name = "Import")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportJson(
        @Schema(description = "Number of the import", examples = "42")
        long id,

        @Schema(examples = "sprint") String board,

        @Schema(description = "Name of the uploaded file", examples = "week-2.csv")
        String file,

        @Schema(description = "Size of the file as uploaded")
        long fileBytes,

        ImportMode mode,

        @Schema(description = "Missing if there is none") String season,

        @Schema(
                description = "What columns mean, by header, as far as it was given",
                type = SchemaType.OBJECT,
                additionalProperties = String.class)
        Map<String, String> mapping,

        @Schema(description = "Missing for the first one") String sheet,
        boolean dryRun,
        boolean atomic,
        OnChange onChange,
        ClosedWindows closedWindows,

        @Schema(description = "The instant of rows that have none")
        Instant at,

        ImportState state,

        @Schema(
                description =
                        "What is being done, or was done last: rows are checked, or applied; what they change is shown; "
                                + "or all of it is undone")
        ImportPhase phase,

        @Schema(description = "Why it ended before the last row; missing if it did not")
        String failure,

        @Schema(description = "Why it cannot go on at the moment and is retried; missing if it goes on")
        String hindrance,

        RowsJson rows,

        @Schema(description = "Rows per second; missing before the first")
        Double rate,

        @Schema(description = "Estimated seconds to the end of the file; missing if unknown", minimum = "0")
        Long secondsLeft,

        @Schema(description = "Share of the file that has been read, from 0 to 1")
        double progress,

        Instant createdAt,

        @Schema(description = "Missing until it has begun") Instant startedAt,

        @Schema(description = "Missing until it is over") Instant finishedAt,

        @Schema(description = "From start to end, or until now; missing before the start")
        Long durationMs,

        String author,
        String reason) {
    static ImportJson of(ImportJob job, Instant now) {
        ImportOptions options = job.options();
        Instant started = job.times().started();
        Instant ended = job.times().finished() == null ? now : job.times().finished();
        Duration left = job.timeLeft();
        return new ImportJson(
                job.id(),
                job.board().name(),
                job.source().name(),
                job.source().bytes(),
                options.mode(),
                options.season(),
                MappingText.read(options.mapping()),
                options.sheet(),
                options.dryRun(),
                options.atomic(),
                options.onChange(),
                options.closedWindows(),
                options.at(),
                job.state(),
                job.progress().phase(),
                job.progress().failure(),
                job.progress().hindrance(),
                RowsJson.of(job.progress()),
                job.rate() == 0 ? null : (double) Math.round(job.rate()),
                left == null ? null : left.toSeconds(),
                progress(job),
                millis(job.times().created()),
                millis(started),
                millis(job.times().finished()),
                started == null
                        ? null
                        : Math.max(0, Duration.between(started, ended).toMillis()),
                options.decision().author(),
                options.decision().reason());
    }

    private static double progress(ImportJob job) {
        // From a check that has come to its end, the number of rows is known before the first is applied.
        Long total = job.progress().rowsTotal();
        if (total != null && total == job.progress().position()) {
            return 1;
        }
        long bytes = job.source().bytes();
        double share = bytes == 0 ? 0 : Math.min(1, (double) job.progress().readBytes() / bytes);
        return Math.round(share * 1_000) / 1_000.0;
    }

    private static Instant millis(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /** What became of the rows. */
    @Schema(name = "ImportRows")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RowsJson(
            @Schema(description = "Rows that are done with") long read,

            @Schema(description = "Rows of the file; missing until it has been read to its end")
            Long total,

            @Schema(description = "Counted, and changed a standing")
            long applied,

            @Schema(description = "Counted, and changed none")
            long unchanged,

            @Schema(description = "Counted before") long duplicates,

            @Schema(description = "Held for review, because they break a plausibility rule of the board")
            long held,

            @Schema(description = "Not counted; the errors say why")
            long refused) {
        static RowsJson of(Progress progress) {
            ImportCounts counts = progress.counts();
            return new RowsJson(
                    progress.position(),
                    progress.rowsTotal(),
                    counts.applied(),
                    counts.unchanged(),
                    counts.duplicates(),
                    counts.held(),
                    counts.refused());
        }
    }

    /** Why a row was refused. */
    @Schema(name = "ImportError")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ErrorJson(
            @Schema(description = "Number of the row in the file, the header included", examples = "17")
            long row,

            @Schema(description = "Header of the column; missing if the row as a whole is at fault", examples = "kills")
            String column,

            @Schema(description = "What it has there, shortened; missing if nothing", examples = "twelve")
            String value,

            @Schema(examples = "must be a number without an exponent")
            String reason) {
        static ErrorJson of(RowError error) {
            return new ErrorJson(error.row(), error.column(), error.value(), error.reason());
        }
    }
}
