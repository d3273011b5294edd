package dev.laurel.cache.shared;

import dev.laurel.cache.registry.CacheKey;

/** A key that is the same in every process that asks for the same. */
public interface SharedKey extends CacheKey {
    /** What values are invalidated by together, such as a player; a beginning of the address. */
    String subject();

    /** Everything else that the value depends on, in the same words in every process. */
    String view();
}
