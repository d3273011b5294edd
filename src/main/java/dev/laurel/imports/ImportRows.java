package dev.laurel.imports;

import dev.laurel.board.BoardName;
import dev.laurel.correction.Decision;
import dev.laurel.imports.ImportJob.Progress;
import dev.laurel.imports.ImportJob.Source;
import dev.laurel.imports.ImportJob.Times;
import dev.laurel.imports.ImportOptions.ClosedWindows;
import dev.laurel.imports.ImportOptions.OnChange;
import dev.laurel.imports.file.mapping.ImportMode;
import io.vertx.mutiny.sqlclient.Row;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads imports from PostgreSQL's rows. */
public final class ImportRows {
    /** The columns of {@link #job}, of an import {@code j} and its board {@code b}. */
    public static final String COLUMNS = """
            j.id, j.board_id, b.name, j.tenant_id, j.file, j.file_name, j.file_bytes, j.fingerprint, j.mode, j.season, j.mapping, j.sheet,
            j.dry_run, j.atomic, j.on_change, j.closed_windows, j.at, j.author, j.reason, j.state, j.phase, j.bulk, j.position,
            j.rows_total, j.read_bytes, j.applied, j.unchanged, j.duplicates, j.held, j.refused, j.worked_ms, j.failure, j.cancelled,
            j.attempts, j.hindrance,
            j.created_at, j.started_at, j.finished_at""";

    /** What {@link #COLUMNS} are of, after {@code import_job j}. */
    public static final String JOINED = " JOIN board b ON b.id = j.board_id ";

    private ImportRows() {}

    /** An import as a row of {@link #COLUMNS} has it. */
    public static ImportJob job(Row row) {
        ImportOptions options = new ImportOptions(
                ImportMode.valueOf(row.getString("mode")),
                row.getString("season"),
                row.getString("mapping"),
                row.getString("sheet"),
                row.getBoolean("dry_run"),
                row.getBoolean("atomic"),
                OnChange.valueOf(row.getString("on_change")),
                ClosedWindows.valueOf(row.getString("closed_windows")),
                instant(row, "at"),
                false,
                new Decision(row.getString("reason"), row.getString("author")));
        return new ImportJob(
                row.getLong("id"),
                BoardName.of(row),
                row.getInteger("board_id"),
                new Source(row.getUUID("file"), row.getString("file_name"), row.getLong("file_bytes")),
                row.getString("fingerprint"),
                options,
                ImportState.valueOf(row.getString("state")),
                progress(row),
                new Times(instant(row, "created_at"), instant(row, "started_at"), instant(row, "finished_at")));
    }

    private static Progress progress(Row row) {
        ImportCounts counts = new ImportCounts(
                row.getLong("applied"),
                row.getLong("unchanged"),
                row.getLong("duplicates"),
                row.getLong("held"),
                row.getLong("refused"));
        return new Progress(
                ImportPhase.valueOf(row.getString("phase")),
                row.getBoolean("bulk"),
                row.getLong("position"),
                row.getLong("rows_total"),
                row.getLong("read_bytes"),
                counts,
                Duration.ofMillis(row.getLong("worked_ms")),
                row.getString("failure"),
                row.getBoolean("cancelled"),
                row.getInteger("attempts"),
                row.getString("hindrance"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
