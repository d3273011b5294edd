package dev.laurel.segment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of segments. */
@ConfigMapping(prefix = "laurel.segment")
public interface SegmentConfig {
    /**
     * Maximum number of players in a segment. Its ranking is made of the standings of all of them, read one by one
     * through their ids.
     */
    @WithDefault("10000")
    int members();

    /** Maximum number of segments whose members are cached in the process. */
    @WithDefault("1000")
    long cached();

    /** How long members are cached; a change by any process evicts them within a second. */
    @WithDefault("30M")
    Duration cachedFor();
}
