package dev.laurel.cache.registry;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Selects values of a cache: those that meet all that is given.
 *
 * @param prefix of the address of their key, or null
 * @param player whom they are about, or null
 * @param group that they are about, such as {@code class:7b}, or null
 */
public record KeyFilter(String prefix, String player, String group) {
    /** Selects everything. */
    public static final KeyFilter ALL = new KeyFilter(null, null, null);

    /** What this filter asks of a key. */
    public Set<Criterion> fields() {
        Set<Criterion> fields = EnumSet.noneOf(Criterion.class);
        if (prefix != null) {
            fields.add(Criterion.PREFIX);
        }
        if (player != null) {
            fields.add(Criterion.PLAYER);
        }
        if (group != null) {
            fields.add(Criterion.GROUP);
        }
        return fields;
    }

    /** Whether it selects the value of a key; without any condition that of every key, otherwise of those with an address. */
    public boolean selects(Object key) {
        if (fields().isEmpty()) {
            return true;
        }
        return key instanceof CacheKey addressed && selects(addressed.address());
    }

    private boolean selects(KeyAddress address) {
        return (prefix == null || address.text().startsWith(prefix))
                && (player == null || player.equals(address.player()))
                && (group == null || group.equals(address.group()));
    }

    /** A condition on keys. */
    public enum Criterion {
        PREFIX,
        PLAYER,
        GROUP;

        /** The word for it in the interface. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
