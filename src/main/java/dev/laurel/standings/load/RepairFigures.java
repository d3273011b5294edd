package dev.laurel.standings.load;

import java.time.Duration;
import java.time.Instant;

/**
 * What one process has found and repaired between the stores since it started.
 *
 * @param windowsMarkedStale how often a window was marked as stale
 */
public record RepairFigures(Crashes crashes, Rebuilds rebuilds, long windowsMarkedStale, Audited audited) {
    /**
     * Processes that ended without signing off.
     *
     * @param standings copied to Redis on their account
     * @param last when, null if never
     */
    public record Crashes(long found, long standings, Instant last) {}

    /**
     * Windows reloaded.
     *
     * @param standings loaded
     * @param took total duration
     * @param last when, null if never
     */
    public record Rebuilds(long done, long failed, long standings, Duration took, Instant last) {}

    /**
     * Rows compared by the audit.
     *
     * @param rested how often a window was left alone, since nothing had changed in it
     * @param walked how often all of a window was compared
     * @param lastDifference when, null if never
     */
    public record Audited(
            long compared, long different, long repaired, long rested, long walked, Instant lastDifference) {}
}
