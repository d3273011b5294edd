package dev.laurel.cache;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The classes that Caffeine makes caches of by name, put together from what each is to do: a native image holds what it is
 * told of. In the names of caches M stands for a bound, S before it for statistics, A for a time to live of each entry's own,
 * W for one since the last write, R for refreshing; those of entries say the same, and where values arrive later, more.
 *
 * <p>Of a cache that loads by itself Caffeine also wants to know whether many can be loaded at once, and looks for the
 * method.
 */
@RegisterForReflection(
        targets = AsyncCacheLoader.class,
        fields = false,
        classNames = {
            "com.github.benmanes.caffeine.cache.SSMS",
            "com.github.benmanes.caffeine.cache.SSMSW",
            "com.github.benmanes.caffeine.cache.SSSMSW",
            "com.github.benmanes.caffeine.cache.SSMSAR",
            "com.github.benmanes.caffeine.cache.PSMS",
            "com.github.benmanes.caffeine.cache.PSWMS",
            "com.github.benmanes.caffeine.cache.PSWMW",
            "com.github.benmanes.caffeine.cache.PSAWRMW"
        })
final class NativeCaches {
    private NativeCaches() {}
}
