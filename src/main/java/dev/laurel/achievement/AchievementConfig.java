package dev.laurel.achievement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/**
 * Settings of achievements; those of the caches themselves are derived from them in {@code application.properties}.
 */
@ConfigMapping(prefix = "laurel.achievement")
public interface AchievementConfig {
    /** Maximum number of definitions, and pages of them, cached in the process; the least recently used are evicted. */
    @WithDefault("2000")
    long cached();

    /** Maximum number of players whose achievements are cached in the process. */
    @WithDefault("20000")
    long cachedPlayers();

    /** Maximum number of pages of holders cached in the process. */
    @WithDefault("5000")
    long cachedHolders();

    /** How long achievements of a player and holders are cached; an award evicts them in every process. */
    @WithDefault("1H")
    Duration cachedFor();

    /** Maximum number of achievements whose figures are cached in the process. */
    @WithDefault("2000")
    long cachedFigures();

    /** How long figures are cached; an award does not evict them. */
    @WithDefault("5M")
    Duration figuresCachedFor();

    /** Players that the search for earlier achievements looks at in one transaction. */
    @WithDefault("200")
    int fillStep();
}
