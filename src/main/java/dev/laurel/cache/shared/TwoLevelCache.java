package dev.laurel.cache.shared;

import dev.laurel.cache.Computed;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Finished responses that are expensive to compute: in this process, and in Redis for all of them. A value is as old as its life
 * allows at most, in whichever level it has been. One process loads a value for all, and in it one caller.
 */
public final class TwoLevelCache {
    /** As long as a process that cannot look for changes trusts what it has: what is shared lasts no longer when none of them can. */
    private static final Duration UNSEEN = Duration.ofSeconds(10);

    /** Keys that contain the state of what a value depends on need no looking. */
    private static final Duration BY_KEY = Duration.ofDays(1);

    private final NearCache<SharedKey, Computed<?>> near;
    private final SharedValues shared;

    private TwoLevelCache(CacheKind kind, long maxSize, Duration unseen, Caches caches, SharedLevel level) {
        this.near = new NearCache<>(kind, maxSize, caches);
        this.shared = new SharedValues(level, kind.name(), near.kind().timeToLive(), unseen, near::foundShared);
        near.alsoDrop(filter -> shared.invalidateAll());
    }

    /** Values that are outdated by what processes learn: {@link #keep} has to be called each time they have looked. */
    public static TwoLevelCache watched(CacheKind kind, long maxSize, Caches caches, SharedLevel level) {
        return new TwoLevelCache(kind, maxSize, UNSEEN, caches, level);
    }

    /** Values whose keys contain the state of everything that they depend on. */
    public static TwoLevelCache byKey(CacheKind kind, long maxSize, Caches caches, SharedLevel level) {
        return new TwoLevelCache(kind, maxSize, BY_KEY, caches, level);
    }

    /**
     * The value of a key, loaded if absent.
     *
     * @param trusted whether what is cached may be returned; otherwise the value is loaded, and not cached
     */
    public <T> Uni<Computed<T>> get(boolean trusted, SharedKey key, Supplier<Uni<T>> loader) {
        NearCache<SharedKey, Computed<T>> typed = typed();
        if (!trusted || !near.isEnabled()) {
            return typed.get(false, key, () -> loader.get().map(Computed::new));
        }
        Supplier<Uni<Computed<T>>> both = () -> shared.get(key, loader);
        return typed.get(key, both).chain(found -> {
            if (found.isOver()) {
                near.forget(key, found);
                return typed.get(key, both);
            }
            return Uni.createFrom().item(found);
        });
    }

    /** Whether this process has a value, or loads it now. */
    public boolean contains(SharedKey key) {
        return near.contains(key);
    }

    /** Loads a value into this process before it is asked for. It is not shared: other processes load what they are asked for. */
    public <T> Uni<Void> preload(SharedKey key, Supplier<Uni<T>> loader) {
        return this.<T>typed().preload(key, () -> loader.get().map(Computed::new));
    }

    /** The value of a key although it is not trusted, because it could not be loaded; fails in the same way when there is none. */
    public <T> Uni<Computed<T>> last(SharedKey key, Throwable failure) {
        return this.<T>typed().last(key, failure);
    }

    /**
     * Outdates what is shared of a subject. What is cached in this process goes by the stamps in its keys, which are changed after
     * this.
     */
    public void invalidate(String subject) {
        shared.invalidate(subject);
    }

    /** Outdates everything that is shared, as {@link #invalidate}. */
    public void invalidateAll() {
        shared.invalidateAll();
    }

    /** This process has looked for changes, and knows of all of them. */
    public void keep() {
        shared.keep();
    }

    /** Whatever is found by a key has been loaded for it. */
    @SuppressWarnings("unchecked")
    private <T> NearCache<SharedKey, Computed<T>> typed() {
        return (NearCache<SharedKey, Computed<T>>) (NearCache<SharedKey, ?>) near;
    }
}
