package dev.laurel.cache;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings of the caches. */
@ConfigMapping(prefix = "laurel.cache")
public interface CacheConfig {
    /** Maximum size of all caches in the process together; unless set, a third of the heap. */
    Optional<MemorySize> maxBytes();

    /** What the lives of values are shortened to while this process cannot hear what others change. */
    @WithDefault("1s")
    Duration unheardTtl();

    /** Whether values that are expensive to compute are shared with other processes, in Redis. */
    @WithDefault("true")
    boolean share();

    /** How long a process that loads a shared value may take before another one loads it, too. */
    @WithDefault("2s")
    Duration loadLease();

    /** Maximum size of all finished responses in the cache. A response counts at least as one kibibyte. */
    @WithDefault("64M")
    MemorySize answers();

    /** Bounds how long a change made by another instance can go unseen; own changes are seen at once. */
    @WithDefault("50ms")
    Duration answersFor();

    /** Maximum duration of warming when an operator asks for it. */
    @WithDefault("30s")
    Duration warmFor();

    /** Settings of each cache, by its name; they are read where the cache is created. */
    @WithParentName
    Map<String, OfCache> each();

    /** What can be set of every cache. */
    interface OfCache {
        /** Whether it keeps anything. */
        Optional<Boolean> enabled();

        /** How long it keeps a value that does not change. */
        Optional<Duration> ttl();
    }
}
