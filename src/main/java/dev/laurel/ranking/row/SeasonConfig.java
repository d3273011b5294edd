package dev.laurel.ranking.row;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of what is cached of seasons; whatever changes it shows at once. */
@ConfigMapping(prefix = "laurel.season")
public interface SeasonConfig {
    /** Maximum number of players' baselines cached in the process, including that a player has none. */
    @WithDefault("100000")
    long cachedBaselines();

    @WithDefault("2M")
    Duration baselinesCachedFor();

    /** Maximum number of players' pages of closed seasons cached in the process. */
    @WithDefault("20000")
    long cachedPages();

    @WithDefault("2M")
    Duration pagesCachedFor();
}
