package dev.laurel.standings.load;

import java.time.Duration;
import java.time.Instant;

/**
 * What one process has found and repaired between the stores since its start.
 *
 * @param windowsSuspected how often a window became a suspect
 */
public record RepairFigures(Crashes crashes, Rebuilds rebuilds, long windowsSuspected, Audited audited) {
    /**
     * Processes that had ended without leaving.
     *
     * @param standings carried to Redis on their account
     * @param last when, null if never
     */
    public record Crashes(long found, long standings, Instant last) {}

    /**
     * Windows loaded anew.
     *
     * @param standings loaded
     * @param took all of them together
     * @param last when, null if never
     */
    public record Rebuilds(long done, long failed, long standings, Duration took, Instant last) {}

    /**
     * Rows compared by the audit.
     *
     * @param lastDifference when, null if never
     */
    public record Audited(long compared, long different, long repaired, Instant lastDifference) {}
}
