package dev.laurel.score;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the acceptance of score events. */
@ConfigMapping(prefix = "laurel.score")
public interface ScoreConfig {
    /** Lanes in which batches are committed side by side, one at a time in each. */
    @WithDefault("2")
    int lanes();

    /** Events committed in one transaction at the most. */
    @WithDefault("256")
    int maxBatch();

    /** Events that may wait in one lane; over it a submission is refused with 503. */
    @WithDefault("4096")
    int maxWaiting();

    /** How far in the future an event may lie: clocks differ. */
    @WithDefault("5s")
    Duration maxFuture();
}
