package dev.laurel.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.laurel.cache.registry.CacheFigures;
import dev.laurel.cache.registry.CacheFigures.Loads;
import dev.laurel.cache.registry.CacheFigures.Lookups;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.cache.registry.ManagedCache;
import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.meters.ServerTiming;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Values cached in this process for a while. One loader runs for each key while other callers wait for its result;
 * failures are not cached. A cached value is returned at once, on the caller's thread and without any further step:
 * most requests take this path, and the read throughput depends on it.
 *
 * <p>A cache that is disabled loads every value for every caller.
 */
public final class NearCache<K, V> implements ManagedCache {
    /** What an entry takes besides its value: its key, and the nodes of the map and of its queues. */
    static final int ENTRY_BYTES = 250;

    /** The life of values that leave by least recent use alone. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private final CacheKind kind;
    private final boolean enabled;
    private final AsyncCache<K, V> values;
    private final NearContent<K, V> content;
    private final BypassedLoads bypassed = new BypassedLoads();
    private final LongAdder held = new LongAdder();
    private final LongAdder shared = new LongAdder();
    private volatile Consumer<KeyFilter> below = filter -> {};

    /** @param maxSize maximum number of values; the least useful are evicted first */
    public NearCache(CacheKind kind, long maxSize, Caches caches) {
        this(kind, Caffeine.newBuilder().maximumSize(maxSize), new LargestWeight<>(value -> 1), caches);
    }

    private NearCache(CacheKind kind, Caffeine<? super K, ? super V> bounded, LargestWeight<V> largest, Caches caches) {
        this.kind = caches.asSet(kind);
        this.enabled = caches.isEnabled(kind.name());
        this.values = bounded.expireAfterWrite(life()).recordStats().buildAsync();
        this.content = new NearContent<>(values, this.kind.unitBytes(), largest);
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
        LargestWeight<V> largest = new LargestWeight<>(weight);
        return new NearCache<>(
                kind,
                Caffeine.newBuilder().maximumWeight(maxWeight).weigher((K key, V value) -> largest.of(value)),
                largest,
                caches);
    }

    private Duration life() {
        return kind.timeToLive() == null ? FOREVER : kind.timeToLive();
    }

    /** The value of a key, loaded if absent; on the caller's context. */
    public Uni<V> get(K key, Supplier<Uni<V>> loader) {
        if (!enabled) {
            return Uni.createFrom().deferred(() -> bypassed.load(loader));
        }
        Optional<V> here = Contexts.arrived(values.getIfPresent(key));
        return here.isPresent()
                ? Uni.createFrom().item(here.get())
                : ServerTiming.cached(Uni.createFrom().deferred(() -> Contexts.once(values.asMap(), key, loader)));
    }

    /**
     * The same.
     *
     * @param trusted whether what is cached may be returned; otherwise the value is loaded, and not cached
     */
    public Uni<V> get(boolean trusted, K key, Supplier<Uni<V>> loader) {
        return trusted ? get(key, loader) : Uni.createFrom().deferred(() -> bypassed.load(loader));
    }

    /** The value of a key, if it is there now. Only a value that is there counts as looked up. */
    public Optional<V> held(K key) {
        Optional<V> here = Contexts.arrived(values.asMap().get(key));
        if (here.isPresent()) {
            held.increment();
        }
        return here;
    }

    /** The value of a key although it is not trusted, because it could not be loaded; fails in the same way when there is none. */
    public Uni<V> last(K key, Throwable failure) {
        return held(key).map(value -> Uni.createFrom().item(value)).orElseGet(() -> Uni.createFrom()
                .failure(failure));
    }

    /** Whether a value is there, or on its way. This is no look-up: nothing is counted. */
    public boolean contains(K key) {
        return values.asMap().containsKey(key);
    }

    /** Loads a value that is absent before it is looked up. No look-up is counted. */
    public Uni<Void> preload(K key, Supplier<Uni<V>> loader) {
        return Uni.createFrom()
                .deferred(() -> enabled && !contains(key)
                        ? Contexts.once(values.asMap(), key, loader).replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    /** Counts a value that was missing here and found in the shared level. */
    public void foundShared() {
        shared.increment();
    }

    /** Has what is dropped by operators dropped from another level, too. */
    public void alsoDrop(Consumer<KeyFilter> other) {
        below = other;
    }

    /** Drops a value; the result of a load in progress is not cached either. */
    public void forget(K key) {
        values.synchronous().invalidate(key);
    }

    /** Drops a value if it is still this one. */
    public void forget(K key, V value) {
        values.synchronous().asMap().remove(key, value);
    }

    @Override
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
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public CacheFigures figures() {
        CacheStats stats = values.synchronous().stats();
        Loads loads =
                new Loads(stats.loadSuccessCount(), stats.loadFailureCount(), Duration.ofNanos(stats.totalLoadTime()));
        return new CacheFigures(kind, content.now(), lookups(), bypassed.addedTo(loads), stats.evictionCount());
    }

    @Override
    public Lookups lookups() {
        CacheStats stats = values.synchronous().stats();
        return new Lookups(stats.hitCount() + held.sum(), stats.missCount() + bypassed.count(), shared.sum());
    }

    @Override
    public Demand demand() {
        return content.demand();
    }

    @Override
    public void limit(long bytes) {
        content.limit(bytes);
    }

    @Override
    public void shorten(Duration life) {
        Duration wanted = life == null || life.compareTo(life()) > 0 ? life() : life;
        values.synchronous().policy().expireAfterWrite().ifPresent(expiry -> set(expiry, wanted));
    }

    private static <K, V> void set(Policy.FixedExpiration<K, V> expiry, Duration wanted) {
        if (!expiry.getExpiresAfter().equals(wanted)) {
            expiry.setExpiresAfter(wanted);
        }
    }

    @Override
    public Collection<K> keys() {
        return values.asMap().keySet();
    }

    @Override
    public long drop(KeyFilter filter) {
        below.accept(filter);
        long dropped = 0;
        for (K key : keys()) {
            if (filter.selects(key) && values.asMap().remove(key) != null) {
                dropped++;
            }
        }
        return dropped;
    }
}
