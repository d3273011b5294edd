package dev.laurel.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the optimizer. */
@ConfigMapping(prefix = "laurel.database")
public interface OptimizerConfig {
    /** Maximum duration of one optimization; what is not done by then is skipped. */
    @WithDefault("30M")
    Duration optimizeFor();

    /** How long a request waits for the end of an optimization, which goes on afterwards. */
    @WithDefault("20s")
    Duration answerAfter();
}
