package dev.laurel.cache;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbers that grow with every change of what they are asked for. A cache whose keys carry one never finds what has been
 * loaded before the last change, not even what was being loaded meanwhile; outdated values expire unread.
 *
 * <p>Different things may share a number. Then a change of one outdates the other, too.
 */
public final class Stamps {
    /** A power of two. */
    private static final int SIZE = 4_096;

    private final AtomicLongArray numbers = new AtomicLongArray(SIZE);

    public long of(Object thing) {
        return numbers.get(index(thing));
    }

    public void changed(Object thing) {
        numbers.incrementAndGet(index(thing));
    }

    /** Changes every number. */
    public void allChanged() {
        for (int i = 0; i < SIZE; i++) {
            numbers.incrementAndGet(i);
        }
    }

    private static int index(Object thing) {
        int hash = thing.hashCode();
        return (hash ^ hash >>> 16) & SIZE - 1;
    }
}
