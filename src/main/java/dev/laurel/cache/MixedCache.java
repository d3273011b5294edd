package dev.laurel.cache;

import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import io.smallrye.mutiny.Uni;

import java.util.function.Supplier;

/** Values of several types in one {@link NearCache}: the type of each follows from its key. */
public final class MixedCache {
    private final NearCache<Object, Object> values;

    public MixedCache(CacheKind kind, long maxSize, Caches caches) {
        values = new NearCache<>(kind, maxSize, caches);
    }

    /**
     * The value of a key, loaded if absent.
     *
     * @param trusted whether what is cached may be returned; otherwise the value is loaded, and not cached
     */
    public <V> Uni<V> get(boolean trusted, Object key, Supplier<Uni<V>> loader) {
        return MixedCache.<V>typed(values).get(trusted, key, loader);
    }

    /** The value of a key although it is not trusted, because it could not be loaded; fails in the same way when there is none. */
    public <V> Uni<V> last(Object key, Throwable failure) {
        return MixedCache.<V>typed(values).last(key, failure);
    }

    /** Whatever is found by a key has been loaded for it. */
    @SuppressWarnings("unchecked")
    private static <V> NearCache<Object, V> typed(NearCache<Object, ?> values) {
        return (NearCache<Object, V>) values;
    }
}
