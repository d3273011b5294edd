package dev.laurel.database;

import java.time.Instant;

/**
 * A table, or a partition of one.
 *
 * @param rows as the server estimates them
 * @param deadRows old versions that take up space until the table is vacuumed
 * @param changedSinceAnalyze rows changed since the planner's statistics were gathered
 * @param bytes with its indexes
 * @param bloatBytes of the table itself that hold no row, beyond what its fill factor leaves free: an estimate from the width of
 *     its rows; null before its statistics were gathered
 * @param vacuumedAt last time, by whatever; null for never
 * @param analyzedAt likewise
 */
public record TableState(
        String name,
        long rows,
        long deadRows,
        long changedSinceAnalyze,
        long bytes,
        Long bloatBytes,
        Instant vacuumedAt,
        Instant analyzedAt) {
    /** Fewer are not worth any work. */
    private static final long FEW = 1_000;

    private static final long MUCH_BLOAT = 64L << 20;
    private static final double BLOAT_SHARE = 0.25;
    private static final double DEAD_SHARE = 0.1;
    private static final double CHANGED_SHARE = 0.1;

    /** Whether it has so many old versions that vacuuming it is worth the work. */
    public boolean needsVacuum() {
        return deadRows >= FEW && deadRows >= DEAD_SHARE * rows;
    }

    /** Whether it could be much smaller, so that reading all of it takes longer than it should. */
    public boolean isBloated() {
        return bloatBytes != null && bloatBytes >= MUCH_BLOAT && bloatBytes >= BLOAT_SHARE * bytes;
    }

    /** Whether the planner's statistics may mislead it. */
    public boolean needsAnalyze() {
        return changedSinceAnalyze >= FEW && (analyzedAt == null || changedSinceAnalyze >= CHANGED_SHARE * rows);
    }
}
