package dev.laurel.platform.timing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the timing of requests. */
@ConfigMapping(prefix = "laurel.timing")
public interface TimingConfig {
    /** A request that takes less is FAST; the default is the objective for reads. */
    @WithDefault("50ms")
    Duration fast();

    /** One that takes less is OK; the default is the objective for submissions. */
    @WithDefault("250ms")
    Duration ok();

    /** One that takes less is SLOW, and any other VERY_SLOW. */
    @WithDefault("1s")
    Duration slow();

    /** Shorter steps are left out of {@code Server-Timing}: they explain nothing. */
    @WithDefault("PT0.0001S")
    Duration shortestStep();

    /** How many of the latest requests of either slow class are kept. */
    @WithDefault("200")
    int kept();
}
