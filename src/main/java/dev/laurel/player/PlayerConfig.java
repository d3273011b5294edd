package dev.laurel.player;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/**
 * Settings of the cache of players in a process; those of the cache itself are derived from them in
 * {@code application.properties}.
 */
@ConfigMapping(prefix = "laurel.player")
public interface PlayerConfig {
    /** Maximum number of records cached in the process. */
    @WithDefault("100000")
    long cached();

    /** How long a record is cached; a change of the player by any process evicts it within a second. */
    @WithDefault("5M")
    Duration cachedFor();

    /**
     * Whether a start waits for the first use of Hibernate. On a JVM that takes some seconds of processor time, which
     * the first requests for players would otherwise spend on their event loops.
     */
    @WithDefault("true")
    boolean warmUp();
}
