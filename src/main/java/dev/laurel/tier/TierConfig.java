package dev.laurel.tier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of tiers. */
@ConfigMapping(prefix = "laurel.tier")
public interface TierConfig {
    /**
     * How long ranks and percentiles that decide about tiers are used, how many players each tier has, and who they are.
     * Corrections, players out of rankings, uploads and changes of the tiers show at once.
     */
    @WithDefault("2M")
    Duration cachedFor();

    /** Maximum number of players on all cached pages together, in the process. */
    @WithDefault("200000")
    long cached();
}
