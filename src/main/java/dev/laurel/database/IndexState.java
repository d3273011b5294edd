package dev.laurel.database;

/**
 * An index that there is, or should be.
 *
 * @param serves the query that it serves; null for one that is not the service's own, or belongs to a constraint
 * @param state whether it can be used
 * @param definition the statement that creates it
 * @param bytes of all partitions together
 * @param scans since statistics were reset, of all partitions together
 * @param constraint whether it belongs to a primary key or another constraint
 * @param coveredBy another index of the table that answers the same queries; null when there is none
 */
public record IndexState(
        String name,
        String table,
        String serves,
        State state,
        String definition,
        long bytes,
        long scans,
        boolean unique,
        boolean constraint,
        String coveredBy) {
    /** Whether it was never used, although nothing but queries needs it. */
    public boolean isUnused() {
        return state == State.VALID && scans == 0 && !unique && !constraint;
    }

    /** Whether it only costs: it can be dropped without anything missing it. */
    public boolean isDroppable() {
        return !constraint && state != State.MISSING && serves == null;
    }

    /** Whether an index can be used. */
    public enum State {
        VALID,
        /** Its creation has failed: it costs writes and serves no query. */
        INVALID,
        /** The service relies on it, and it is not there. */
        MISSING
    }
}
