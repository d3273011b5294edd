package dev.laurel.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of followers. */
@ConfigMapping(prefix = "laurel.feed")
public interface FeedConfig {
    /** Whether this process works for followers; otherwise another one has to, or they fall behind. */
    @WithDefault("true")
    boolean enabled();

    /** Maximum number of items in one transaction of a follower, 1 to 10,000. */
    @WithDefault("500")
    int batch();

    /** Concurrent transactions of followers in this process, 1 to 8: each keeps a connection busy. */
    @WithDefault("2")
    int parallel();

    /**
     * Age up to which items wait while this process commits more than followers can process: writers come first. Zero for never.
     */
    @WithDefault("5s")
    Duration patience();

    /** Age up to which items wait while this process works on an import of a board in their shard. Zero for never. */
    @WithDefault("60s")
    Duration importPatience();

    /** How long a process that has died blocks a shard it was working on. */
    @WithDefault("3s")
    Duration lease();

    /** Failures of a batch before the search for the item to blame. */
    @WithDefault("5")
    int attempts();

    /** Delay before the second attempt; each further delay is twice as long. */
    @WithDefault("200ms")
    Duration firstDelay();

    @WithDefault("30s")
    Duration longestDelay();

    /** Items put aside for one follower; beyond it the follower stops, since the items are hardly to blame. */
    @WithDefault("1000")
    int maxAside();

    /** How long changes are kept once all followers have passed them. */
    @WithDefault("P90D")
    Duration keepChanges();
}
