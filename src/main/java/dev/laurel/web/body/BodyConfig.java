package dev.laurel.web.body;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;

import java.util.Optional;

/** Bounds of all bodies together. */
@ConfigMapping(prefix = "laurel.http")
public interface BodyConfig {
    /**
     * The memory that bodies of more than 8 KB take together until they are answered; more are refused with 503. Unless it is
     * set, an eighth of what the process may use. One caller gets a quarter of it, or what one body may need, and all callers
     * of a tenant, or without a credential, three quarters.
     */
    Optional<MemorySize> bodiesInMemory();
}
