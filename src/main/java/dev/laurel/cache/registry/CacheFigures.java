package dev.laurel.cache.registry;

import java.time.Duration;

/**
 * What a cache of this process holds, and what it has done since the process began.
 *
 * @param bytes estimated from the kind of its values, and from their weight where they are weighed
 * @param lookups how values were asked for
 * @param loads how those were loaded that were missing
 * @param evictions values that left because of the bound or their age
 */
public record CacheFigures(CacheKind kind, long entries, long bytes, Lookups lookups, Loads loads, long evictions) {
    /**
     * Lookups of values.
     *
     * @param hits found, or already being loaded for another caller
     */
    public record Lookups(long hits, long misses) {
        /** Share of lookups that were hits, from 0 to 1; null before the first lookup. */
        public Double hitRate() {
            long all = hits + misses;
            return all == 0 ? null : (double) hits / all;
        }
    }

    /**
     * Loads of values.
     *
     * @param done successfully
     * @param time of all together, from asking the stores to having the value
     */
    public record Loads(long done, long failed, Duration time) {
        /** What one load takes; null before the first. */
        public Duration average() {
            long all = done + failed;
            return all == 0 ? null : time.dividedBy(all);
        }
    }
}
