package dev.laurel.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.laurel.cache.registry.CacheFigures;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.cache.registry.ManagedCache;
import dev.laurel.platform.async.Contexts;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Values cached in this process for a while. One loader runs for each key while other callers wait for its result;
 * failures are not cached. A cached value is returned at once, on the caller's thread and without any further step:
 * most requests take this path, and the read throughput depends on it.
 */
public final class NearCache<K, V> implements ManagedCache {
    /** What an entry takes besides its value: its key, and the nodes of the map and of its queues. */
    static final int ENTRY_BYTES = 250;

    private final CacheKind kind;
    private final AsyncCache<K, V> values;

    /** @param maxSize maximum number of values; the least useful are evicted first */
    public NearCache(CacheKind kind, long maxSize, Caches caches) {
        this(kind, Caffeine.newBuilder().maximumSize(maxSize), caches);
    }

    private NearCache(CacheKind kind, Caffeine<? super K, ? super V> bounded, Caches caches) {
        this.kind = kind;
        this.values = bounded.expireAfterWrite(kind.timeToLive()).recordStats().buildAsync();
        CaffeineCacheMetrics.monitor(caches.meters(), values, kind.name());
        caches.add(this);
    }

    /**
     * A cache of values that differ much in size.
     *
     * @param maxWeight maximum sum of the weights of all values
     * @param weight of a value, from 0; a value that weighs more than all together may is not kept
     */
    public static <K, V> NearCache<K, V> weighed(
            CacheKind kind, long maxWeight, ToIntFunction<V> weight, Caches caches) {
        return new NearCache<>(
                kind,
                Caffeine.newBuilder().maximumWeight(maxWeight).weigher((K key, V value) -> weight.applyAsInt(value)),
                caches);
    }

    /** The value of a key, loaded if absent; on the caller's context. */
    public Uni<V> get(K key, Supplier<Uni<V>> loader) {
        Optional<V> held = Contexts.arrived(values.getIfPresent(key));
        return held.isPresent()
                ? Uni.createFrom().item(held.get())
                : Uni.createFrom().deferred(() -> Contexts.once(values.asMap(), key, loader));
    }

    public void forget(K key) {
        values.synchronous().invalidate(key);
    }

    public void clear() {
        values.synchronous().invalidateAll();
    }

    /** Number of values in the cache. */
    public int size() {
        return values.asMap().size();
    }

    @Override
    public CacheKind kind() {
        return kind;
    }

    @Override
    public CacheFigures figures() {
        // Weights of values just loaded and expired entries are counted in a later step, which is done here first.
        values.synchronous().cleanUp();
        CacheStats stats = values.synchronous().stats();
        long entries = values.synchronous().estimatedSize();
        return new CacheFigures(
                kind,
                entries,
                weight().orElse(entries) * kind.unitBytes() + entries * ENTRY_BYTES,
                new CacheFigures.Lookups(stats.hitCount(), stats.missCount()),
                new CacheFigures.Loads(
                        stats.loadSuccessCount(), stats.loadFailureCount(), Duration.ofNanos(stats.totalLoadTime())),
                stats.evictionCount());
    }

    private OptionalLong weight() {
        return values.synchronous()
                .policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .orElse(OptionalLong.empty());
    }

    @Override
    public Collection<K> keys() {
        return values.asMap().keySet();
    }

    @Override
    public long drop(KeyFilter filter) {
        long dropped = 0;
        for (K key : keys()) {
            if (filter.selects(key) && values.asMap().remove(key) != null) {
                dropped++;
            }
        }
        return dropped;
    }
}
