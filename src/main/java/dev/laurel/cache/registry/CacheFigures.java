package dev.laurel.cache.registry;

import dev.laurel.cache.registry.CacheKind.Origin;

import java.time.Duration;

/**
 * What a cache of this process holds, and what it has done since the process began.
 *
 * @param content what it holds now
 * @param lookups how values were asked for
 * @param loads how those were loaded that were missing
 * @param evictions values that left because of the bound or their age
 */
public record CacheFigures(CacheKind kind, Content content, Lookups lookups, Loads loads, long evictions) {
    public long entries() {
        return content.entries;
    }

    /** Estimated. */
    public long bytes() {
        return content.bytes;
    }

    /**
     * The share of lookups that were answered without a statement to PostgreSQL, from 0 to 1.
     *
     * @return null before the first lookup, and where values are loaded from Redis, too, which only the reads by store tell
     */
    public Double withoutPostgres() {
        return kind.origin() == Origin.POSTGRES ? lookups.answeredRate() : null;
    }

    /**
     * What a cache holds.
     *
     * @param bytes estimated from values that know their size, from their weight, or from the kind of them
     * @param maxBytes which it may take at the moment; null while it may take what its own bound allows
     * @param oldest age of the oldest value; null when there is none
     */
    public record Content(long entries, long bytes, Long maxBytes, Duration oldest) {}

    /**
     * Lookups of values.
     *
     * @param hits found, or already being loaded for another caller
     * @param shared missing here, but found in the shared level; included in the misses
     */
    public record Lookups(long hits, long misses, long shared) {
        public Lookups(long hits, long misses) {
            this(hits, misses, 0);
        }

        /** Share of lookups that were hits, from 0 to 1; null before the first lookup. */
        public Double hitRate() {
            return share(hits);
        }

        private Double answeredRate() {
            return share(hits + shared);
        }

        private Double share(long some) {
            long all = hits + misses;
            return all == 0 ? null : (double) some / all;
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
