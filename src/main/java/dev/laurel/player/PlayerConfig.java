package dev.laurel.player;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of what a process keeps of players; those of its cache are made from them in {@code application.properties}. */
@ConfigMapping(prefix = "laurel.player")
public interface PlayerConfig {
    /** Records kept in the process at the most. */
    @WithDefault("100000")
    long cached();

    /** How long a record is kept; a change of the player, in whatever process, ends it within a second. */
    @WithDefault("5M")
    Duration cachedFor();
}
