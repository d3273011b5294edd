package dev.laurel.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.platform.async.Contexts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Values cached in this process for a while. One loader runs for each key while other callers wait for its result;
 * failures are not cached. A cached value is returned at once, on the caller's thread and without any further step:
 * most requests take this path, and the read throughput depends on it.
 */
public final class NearCache<K, V> {
    private final AsyncCache<K, V> values;

    /**
     * @param name in the metrics, as {@code cache_gets_total{cache="name"}}
     * @param maxSize maximum number of values; the least useful are evicted first
     * @param timeToLive counted from when a value was loaded
     */
    public NearCache(String name, long maxSize, Duration timeToLive, MeterRegistry meters) {
        this(name, Caffeine.newBuilder().maximumSize(maxSize), timeToLive, meters);
    }

    private NearCache(String name, Caffeine<? super K, ? super V> bounded, Duration timeToLive, MeterRegistry meters) {
        this.values = bounded.expireAfterWrite(timeToLive).recordStats().buildAsync();
        CaffeineCacheMetrics.monitor(meters, values, name);
    }

    /**
     * A cache of values that differ much in size.
     *
     * @param maxWeight maximum sum of the weights of all values
     * @param weight of a value, from 0; a value that weighs more than all together may is not kept
     */
    public static <K, V> NearCache<K, V> weighed(
            String name, long maxWeight, ToIntFunction<V> weight, Duration timeToLive, MeterRegistry meters) {
        return new NearCache<>(
                name,
                Caffeine.newBuilder().maximumWeight(maxWeight).weigher((K key, V value) -> weight.applyAsInt(value)),
                timeToLive,
                meters);
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
}
