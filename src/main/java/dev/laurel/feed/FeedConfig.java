package dev.laurel.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of followers. */
@ConfigMapping(prefix = "laurel.feed")
public interface FeedConfig {
    /** Whether this process works for followers; another one has to, or they fall behind. */
    @WithDefault("true")
    boolean enabled();

    /** Items in one transaction of a follower at the most, 1 to 10,000. */
    @WithDefault("500")
    int batch();

    /** Transactions of followers at once in this process, 1 to 8: each keeps a connection busy. */
    @WithDefault("2")
    int parallel();

    /** How long a process that has died keeps a shard it was in the middle of. */
    @WithDefault("3s")
    Duration lease();

    /** Failures of a batch before the one item that is to blame is looked for. */
    @WithDefault("5")
    int attempts();

    /** Before the second try; each further delay is twice as long. */
    @WithDefault("200ms")
    Duration firstDelay();

    @WithDefault("30s")
    Duration longestDelay();

    /** Items put aside for one follower; with more it stops, since the fault is hardly theirs. */
    @WithDefault("1000")
    int maxAside();

    /** How long changes are kept once all followers have passed them. */
    @WithDefault("P90D")
    Duration keepChanges();
}
