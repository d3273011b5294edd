package dev.laurel.segment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of segments. */
@ConfigMapping(prefix = "laurel.segment")
public interface SegmentConfig {
    /**
     * Maximum number of players in a segment that its board does not declare. Its ranking is made of the standings of all
     * of them, read one by one through their ids after each change of the window.
     */
    @WithDefault("10000")
    int members();

    /** Maximum number of players in a segment of a kind that its board declares. */
    @WithDefault("100000")
    int declaredMembers();

    /** Maximum number of members of all segments together that are cached in the process: some 60 bytes each. */
    @WithDefault("500000")
    long cached();

    /**
     * Maximum number of standings of all segments together that are cached in the process, for moments or kept up to date:
     * some 120 bytes each, for either.
     */
    @WithDefault("300000")
    long ranked();

    /** From how many players a declared segment is kept up to date by the changes of its window; smaller ones are read. */
    @WithDefault("1000")
    int followedFrom();

    /** How long members are cached; a change by any process evicts them within a second. */
    @WithDefault("30M")
    Duration cachedFor();
}
