package dev.laurel.cache;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the near cache. */
@ConfigMapping(prefix = "laurel.cache")
public interface CacheConfig {
    /** Maximum number of finished responses in the cache. */
    @WithDefault("20000")
    long answers();

    /** Bounds how long a change made by another instance can go unseen; own changes are seen at once. */
    @WithDefault("50ms")
    Duration answersFor();
}
