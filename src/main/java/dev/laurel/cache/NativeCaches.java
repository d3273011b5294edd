package dev.laurel.cache;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Registers the classes that Caffeine instantiates by name, composed from the features of a cache: a native image
 * contains only what is registered. In the names of cache classes M stands for a maximum size, S before it for
 * statistics, A for a time to live of each entry's own, W for one since the last write, R for refreshing; the names of
 * entry classes follow the same scheme, with further ones where values arrive asynchronously.
 *
 * <p>For a cache that loads by itself Caffeine also checks whether it can load in bulk, and looks up the method.
 */
@RegisterForReflection(
        targets = AsyncCacheLoader.class,
        fields = false,
        classNames = {
            "com.github.benmanes.caffeine.cache.SSMS",
            "com.github.benmanes.caffeine.cache.SSMSW",
            "com.github.benmanes.caffeine.cache.SSSMS",
            "com.github.benmanes.caffeine.cache.SSSMSW",
            "com.github.benmanes.caffeine.cache.SSSMWW",
            "com.github.benmanes.caffeine.cache.SSMSAR",
            "com.github.benmanes.caffeine.cache.PSMS",
            "com.github.benmanes.caffeine.cache.PSWMS",
            "com.github.benmanes.caffeine.cache.PSWMW",
            "com.github.benmanes.caffeine.cache.PSAWRMW"
        })
final class NativeCaches {
    private NativeCaches() {}
}
