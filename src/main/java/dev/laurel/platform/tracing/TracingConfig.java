package dev.laurel.platform.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/** Settings of traces. */
@ConfigMapping(prefix = "laurel.tracing")
public interface TracingConfig {
    /** The collector; the main class reads it, since it decides at the start whether there are traces. */
    Optional<String> endpoint();

    /** Share of requests that are traced, from 0 to 1, unless their callers have decided. */
    @WithDefault("1.0")
    double sampleRate();
}
