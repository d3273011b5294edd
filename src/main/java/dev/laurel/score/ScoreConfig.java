package dev.laurel.score;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings for accepting score events. */
@ConfigMapping(prefix = "laurel.score")
public interface ScoreConfig {
    /** Lanes that commit batches in parallel, one batch at a time in each. */
    @WithDefault("2")
    int lanes();

    /** Maximum number of events committed in one transaction. */
    @WithDefault("256")
    int maxBatch();

    /** Events that may wait in one lane; beyond it a submission is refused with 503. */
    @WithDefault("4096")
    int maxWaiting();

    /** How far in the future an event may lie, since clocks differ. */
    @WithDefault("5s")
    Duration maxFuture();
}
