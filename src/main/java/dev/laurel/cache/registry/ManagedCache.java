package dev.laurel.cache.registry;

import java.util.Collection;

/** A cache as operators see it. */
public interface ManagedCache {
    CacheKind kind();

    CacheFigures figures();

    /** The keys of its values, including those that are being loaded. It is the caller's own copy, or safe to go over. */
    Collection<?> keys();

    /**
     * Drops the values that a filter selects; what is being loaded is not kept either. Goes over all keys, so it is called
     * off the event loops.
     *
     * @return how many values were dropped
     */
    long drop(KeyFilter filter);
}
