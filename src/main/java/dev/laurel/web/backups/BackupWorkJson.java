package dev.laurel.web.backups;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.admin.Restoration;
import dev.laurel.admin.Restoration.Phase;
import dev.laurel.admin.Restoration.Shown;
import dev.laurel.admin.Restoration.State;
import dev.laurel.backup.file.DamagedFile.Damage;
import dev.laurel.web.admin.AuditJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How far the verification of a backup is, or its restore. */
@Schema(name = "BackupWork")
record BackupWorkJson(
        @Schema(examples = "20261130T021700Z-3fa94c") String backup,

        @Schema(description = "FAILED: problem says why") State state,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description =
                        "CHECKING: files are read. LOADING: rows are written, in one transaction. SHOWING: windows are "
                                + "loaded into Redis. AUDITING: both stores are compared. Missing once it has ended")
        Phase phase,

        Instant startedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing until then")
        Instant endedAt,

        @Schema(description = "Rows that are done with in this phase")
        long rows,

        @Schema(description = "Rows of the backup") long rowsExpected,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing when nothing is wrong")
        String problem,

        @Schema(description = "What is wrong with the files of the backup, at most 100")
        List<DamageJson> damages,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "What followed a restore; missing before that")
        ShownJson shown) {
    static BackupWorkJson of(Restoration work) {
        return new BackupWorkJson(
                work.activity().backup(),
                work.state(),
                work.phase(),
                work.activity().startedAt().truncatedTo(ChronoUnit.MILLIS),
                work.endedAt() == null ? null : work.endedAt().truncatedTo(ChronoUnit.MILLIS),
                work.activity().done(),
                work.activity().total(),
                work.problem(),
                work.damages().stream().map(DamageJson::of).toList(),
                work.shown() == null ? null : ShownJson.of(work.shown()));
    }

    /** A file that is not as it was written. */
    @Schema(name = "BackupDamage")
    record DamageJson(
            @Schema(examples = "score_event-0001.ndjson.zst")
            String file,

            @Schema(examples = "is missing") String fault) {
        static DamageJson of(Damage damage) {
            return new DamageJson(damage.file(), damage.fault());
        }
    }

    /** What followed a restore. */
    @Schema(name = "RestoredContents")
    record ShownJson(
            int boards,

            @Schema(description = "Loaded into Redis") int windows,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "The comparison of both stores; missing when one was unavailable")
            AuditJson audit,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "What the service still does by itself; missing when that is nothing")
            String problem) {
        static ShownJson of(Shown shown) {
            return new ShownJson(
                    shown.boards(),
                    shown.windows(),
                    shown.audit() == null ? null : AuditJson.of(shown.audit()),
                    shown.problem());
        }
    }
}
