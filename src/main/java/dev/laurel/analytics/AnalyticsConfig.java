package dev.laurel.analytics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of analytics; those of the cache are derived from them in {@code application.properties}. */
@ConfigMapping(prefix = "laurel.analytics")
public interface AnalyticsConfig {
    /** Maximum number of answers cached in the process; the least recently used are evicted. */
    @WithDefault("50000")
    long cached();

    /** How long an answer is cached; an event of its player evicts it in every process about a second later. */
    @WithDefault("10M")
    Duration cachedFor();

    /**
     * Maximum number of answers that wait to be computed again when an event has outdated them; only those that were read from the
     * cache are. Others are computed when they are asked for. 0 computes none.
     */
    @WithDefault("1000")
    int renewals();
}
