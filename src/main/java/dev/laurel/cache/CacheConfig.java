package dev.laurel.cache;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the near cache. */
@ConfigMapping(prefix = "laurel.cache")
public interface CacheConfig {
    /** Maximum size of all finished responses in the cache. A response counts at least as one kibibyte. */
    @WithDefault("64M")
    MemorySize answers();

    /** Bounds how long a change made by another instance can go unseen; own changes are seen at once. */
    @WithDefault("50ms")
    Duration answersFor();

    /** Maximum duration of warming when an operator asks for it. */
    @WithDefault("30s")
    Duration warmFor();
}
