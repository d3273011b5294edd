package dev.laurel.cache.registry;

/** A key that tells what its value is about, so that operators can drop some values of a cache. */
public interface CacheKey {
    KeyAddress address();
}
