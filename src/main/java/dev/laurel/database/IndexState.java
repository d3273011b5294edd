package dev.laurel.database;

/**
 * An index that there is, or should be.
 *
 * @param serves the query that it serves; null for one that is not the service's own, or belongs to a constraint
 * @param state whether it can be used
 * @param definition the statement that creates it
 * @param bytes of all partitions together
 * @param use since statistics were reset, of all partitions together
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
        Use use,
        boolean unique,
        boolean constraint,
        String coveredBy) {
    /** Beyond it an index hardly pays: a query without it may read a whole table, which takes some thousand entries' time. */
    private static final long WRITES_A_SCAN = 10_000;

    /** Whether it was never used, although nothing but queries needs it. */
    public boolean isUnused() {
        return state == State.VALID && use.scans == 0 && !unique && !constraint;
    }

    /** Whether it only costs: it can be dropped without anything missing it. */
    public boolean isDroppable() {
        return !constraint && state != State.MISSING && serves == null;
    }

    /** Whether it was written to far more than it was used, as far as the server has counted. */
    public boolean isPoorlyUsed() {
        return state == State.VALID && !unique && !constraint && use.writes > WRITES_A_SCAN * Math.max(1, use.scans);
    }

    /** The bytes that were written to it for changes of its table: an estimate, from the size of its entries. */
    public long writtenBytes() {
        return use.entries == 0 ? 0 : Math.round((double) bytes / use.entries * use.writes);
    }

    /**
     * What an index does for queries, and what it costs changes.
     *
     * @param scans how often queries used it
     * @param writes entries written to it: at most so many, since changes of rows outside its condition write none
     * @param entries that it has now, as the server estimates them
     */
    public record Use(long scans, long writes, long entries) {
        /** Of an index that is not there. */
        static final Use NONE = new Use(0, 0, 0);
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
