package dev.laurel.web.backups;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.backup.Activity;
import dev.laurel.backup.Backup;
import dev.laurel.backup.Backup.State;
import dev.laurel.backup.file.Manifest;
import dev.laurel.backup.file.Manifest.Trigger;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A backup. */
@Schema(name = "Backup")
record BackupJson(
        @Schema(examples = "20261130T021700Z-3fa94c") String id,

        @Schema(
                description =
                        "RUNNING: a process is making it. FAILED: it was not made, see problem; this process has tried. "
                                + "INTERRUPTED: the process that made it has ended. UNUSABLE: it is not as it was written, or "
                                + "encrypted by another key, see problem")
        State state,

        @Schema(description = "It has everything as of this instant")
        Instant startedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing until it is complete")
        Instant endedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Rows that it has; while it is RUNNING here, those written so far")
        Long rows,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "About how many rows there will be; only while it is RUNNING here")
        Long rowsExpected,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Of its files; missing until it is complete")
        Long bytes,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Of its rows before they were compressed; missing until it is complete")
        Long rawBytes,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing until it is complete")
        Integer files,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Why it was made; missing until it is complete")
        Trigger trigger,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Whether it is encrypted; missing until it is complete")
        Boolean encrypted,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description = "The version of the program that made it; missing until it is complete",
                examples = "1.4.0")
        String program,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description = "The schema that a service needs to restore it; missing until it is complete",
                examples = "202611291560")
        String schema,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Why it cannot be used; missing when nothing is wrong")
        String problem) {
    static BackupJson of(Backup backup) {
        Manifest manifest = backup.manifest();
        Activity activity = backup.activity();
        return new BackupJson(
                backup.name(),
                backup.state(),
                backup.startedAt().truncatedTo(ChronoUnit.MILLIS),
                manifest == null ? null : manifest.endedAt().truncatedTo(ChronoUnit.MILLIS),
                rows(manifest, activity),
                activity == null ? null : Long.valueOf(Math.max(activity.total(), activity.done())),
                manifest == null ? null : Long.valueOf(manifest.bytes()),
                manifest == null ? null : Long.valueOf(manifest.rawBytes()),
                manifest == null ? null : Integer.valueOf(manifest.files().size()),
                manifest == null ? null : manifest.trigger(),
                manifest == null ? null : Boolean.valueOf(manifest.keyId() != null),
                manifest == null ? null : manifest.program(),
                manifest == null ? null : manifest.schema().version(),
                backup.problem());
    }

    private static Long rows(Manifest manifest, Activity activity) {
        if (manifest != null) {
            return manifest.rows();
        }
        return activity == null ? null : Long.valueOf(activity.done());
    }

    /** All of them. */
    @Schema(name = "Backups")
    record BackupsJson(
            @Schema(description = "Newest first, at most 1,000 complete ones")
            List<BackupJson> items) {}
}
