package dev.laurel.group;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of groups. */
@ConfigMapping(prefix = "laurel.group")
public interface GroupConfig {
    /** Maximum number of members of one group. */
    @WithDefault("100000")
    long members();

    /**
     * How long a ranking of groups is cached: it joins all standings of a window with all memberships. Meanwhile it shows
     * members who have been taken out of rankings since.
     */
    @WithDefault("1s")
    Duration rankingsFor();

    /** As above where points stay with the groups in which they were earned, which is counted from the ledger. */
    @WithDefault("5s")
    Duration earnedRankingsFor();

    /** Maximum number of groups whose statistics are cached. */
    @WithDefault("10000")
    long statisticsCached();

    /** How long statistics of a group are cached unless its members or their scores change. */
    @WithDefault("30M")
    Duration statisticsCachedFor();
}
