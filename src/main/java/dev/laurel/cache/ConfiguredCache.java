package dev.laurel.cache;

import dev.laurel.cache.registry.CacheFigures;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.cache.registry.ManagedCache;
import dev.laurel.platform.async.Contexts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CaffeineCache;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheImpl;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A cache of the framework, whose bounds are settings, with figures of its lookups and loads, which the framework does not
 * offer. One loader runs for each key while other callers wait for its result; failures are not cached.
 */
public final class ConfiguredCache implements ManagedCache {
    private final CacheKind kind;
    private final CaffeineCache cache;
    private final MeterRegistry meters;
    private final LongAdder asked = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private final LongAdder loaded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /**
     * @param unitBytes what a value takes in memory, typically
     * @param filters adds to its kind by what its values can be dropped
     */
    public ConfiguredCache(Cache cache, int unitBytes, UnaryOperator<CacheKind> filters, Caches caches) {
        CaffeineCacheImpl caffeine = cache.as(CaffeineCacheImpl.class);
        this.cache = caffeine;
        this.meters = caches.meters();
        this.kind =
                filters.apply(CacheKind.of(caffeine.getName(), caffeine.getCacheInfo().expireAfterWrite, unitBytes));
        caches.add(this);
    }

    /**
     * The value of a key, loaded if absent.
     *
     * @param trusted whether what is cached may be returned; otherwise the value is loaded, and not cached
     */
    public <V> Uni<V> get(boolean trusted, Object key, Supplier<Uni<V>> loader) {
        asked.increment();
        return trusted
                ? cache.getAsync(key, absent -> load(loader))
                : Uni.createFrom().deferred(() -> load(loader));
    }

    private <V> Uni<V> load(Supplier<Uni<V>> loader) {
        missed.increment();
        long started = System.nanoTime();
        return loader.get().onItemOrFailure().invoke((item, failure) -> {
            nanos.add(System.nanoTime() - started);
            (failure == null ? loaded : failed).increment();
        });
    }

    /** The value of a key, if it is there now. Only a value that is there counts as looked up. */
    public <V> Optional<V> held(Object key) {
        Optional<V> held = Contexts.arrived(cache.<V>getIfPresent(key));
        if (held.isPresent()) {
            asked.increment();
        }
        return held;
    }

    /** The value of a key although it is not trusted, because it could not be loaded; fails in the same way when there is none. */
    public <V> Uni<V> last(Object key, Throwable failure) {
        CompletableFuture<V> held = cache.getIfPresent(key);
        return held == null
                ? Uni.createFrom().failure(failure)
                : Uni.createFrom().completionStage(held);
    }

    /** Drops a value; the result of a load in progress is not cached either. */
    public void forget(Object key) {
        cache.invalidate(key).subscribe().with(done -> {}, failure -> {});
    }

    public void clear() {
        cache.invalidateAll().subscribe().with(done -> {}, failure -> {});
    }

    @Override
    public CacheKind kind() {
        return kind;
    }

    @Override
    public CacheFigures figures() {
        long entries = cache.as(CaffeineCacheImpl.class).getSize();
        long misses = missed.sum();
        return new CacheFigures(
                kind,
                entries,
                entries * (kind.unitBytes() + NearCache.ENTRY_BYTES),
                new CacheFigures.Lookups(Math.max(0, asked.sum() - misses), misses),
                new CacheFigures.Loads(loaded.sum(), failed.sum(), Duration.ofNanos(nanos.sum())),
                evictions());
    }

    /** Counted by the framework, where {@code quarkus.cache.caffeine.metrics-enabled} is set. */
    private long evictions() {
        FunctionCounter counter =
                meters.find("cache.evictions").tag("cache", kind.name()).functionCounter();
        return counter == null ? 0 : (long) counter.count();
    }

    @Override
    public Collection<?> keys() {
        return cache.keySet();
    }

    @Override
    public long drop(KeyFilter filter) {
        LongAdder dropped = new LongAdder();
        // Done once it is subscribed to: nothing of it happens elsewhere.
        cache.invalidateIf(key -> {
                    boolean selected = filter.selects(key);
                    if (selected) {
                        dropped.increment();
                    }
                    return selected;
                })
                .subscribe()
                .with(done -> {}, failure -> {});
        return dropped.sum();
    }
}
