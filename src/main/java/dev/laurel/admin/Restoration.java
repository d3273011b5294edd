package dev.laurel.admin;

import dev.laurel.backup.Activity;
import dev.laurel.backup.DamagedBackup;
import dev.laurel.backup.file.DamagedFile.Damage;
import dev.laurel.standings.audit.AuditReport;

import java.time.Instant;
import java.util.List;

/**
 * How far a restore is, or a verification of a backup.
 *
 * @param activity what is being done, with its figures
 * @param phase null once it has ended
 * @param endedAt null until then
 * @param damages what is wrong with the backup; empty when nothing was found
 * @param problem why it has failed; null when it has not
 * @param shown what followed a restore; null before it
 */
public record Restoration(
        Activity activity, Phase phase, Instant endedAt, List<Damage> damages, String problem, Shown shown) {
    static Restoration begun(Activity activity) {
        return new Restoration(activity, Phase.CHECKING, null, List.of(), null, null);
    }

    Restoration in(Phase next) {
        return new Restoration(activity, next, null, damages, null, shown);
    }

    Restoration ended(Instant at, Shown after) {
        return new Restoration(activity, null, at, List.of(), null, after);
    }

    Restoration failed(Instant at, Throwable failure) {
        List<Damage> found = failure instanceof DamagedBackup damaged ? damaged.damages() : List.of();
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return new Restoration(activity, null, at, found, message, null);
    }

    /** How it stands as a whole. */
    public State state() {
        if (endedAt == null) {
            return State.RUNNING;
        }
        return problem == null ? State.DONE : State.FAILED;
    }

    /** How it stands. */
    public enum State {
        RUNNING,
        DONE,
        FAILED
    }

    /** What is being done. */
    public enum Phase {
        /** The files are read; nothing is written. */
        CHECKING,
        /** Rows are written, in one transaction. */
        LOADING,
        /** Windows are loaded into Redis. */
        SHOWING,
        /** Both stores are compared. */
        AUDITING
    }

    /**
     * What followed a restore.
     *
     * @param boards that were restored
     * @param windows loaded into Redis
     * @param audit null when a store was unavailable
     * @param problem what is left to the service, which does it by itself; null when nothing is
     */
    public record Shown(int boards, int windows, AuditReport audit, String problem) {}
}
