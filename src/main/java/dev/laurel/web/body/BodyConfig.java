package dev.laurel.web.body;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of all bodies together. */
@ConfigMapping(prefix = "laurel.http")
public interface BodyConfig {
    /** The memory that bodies of more than 8 KB take together until they are answered; more are refused with 503. */
    @WithDefault("64M")
    MemorySize bodiesInMemory();
}
