package dev.laurel.cache.registry;

import dev.laurel.cache.registry.CacheFigures.Lookups;

import java.time.Duration;
import java.util.Collection;

/** A cache as operators see it, and as what bounds all of them together does. */
public interface ManagedCache {
    CacheKind kind();

    /** Whether it keeps anything at all. */
    boolean isEnabled();

    CacheFigures figures();

    /** As in the figures, without anything that takes time to find out. */
    Lookups lookups();

    /** How much it holds, and how much more it could need. */
    Demand demand();

    /** Bounds what it holds, within its own bound; what exceeds that is evicted soon. */
    void limit(long bytes);

    /** Shortens the lives of all values to this, or to what they are otherwise if that is shorter; null ends it. */
    void shorten(Duration life);

    /** The keys of its values, including those that are being loaded. It is the caller's own copy, or safe to go over. */
    Collection<?> keys();

    /** Drops everything in this process, and nothing elsewhere. */
    void clear();

    /**
     * Drops the values that a filter selects; what is being loaded is not kept either. Goes over all keys, so it is called
     * off the event loops.
     *
     * @return how many values were dropped
     */
    long drop(KeyFilter filter);

    /**
     * Memory of a cache, in estimated bytes.
     *
     * @param largest value that was to be kept so far; a smaller bound would refuse it
     * @param most it could take by its own bound
     */
    record Demand(long used, long largest, long most) {}
}
