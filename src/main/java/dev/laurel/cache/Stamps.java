package dev.laurel.cache;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbers that grow with every change of what they are asked for. A cache whose keys carry one never finds what has been
 * loaded before the last change, not even what was being loaded meanwhile; outdated values expire unread.
 *
 * <p>Different things may share a number. Then a change of one outdates the other, too.
 */
public final class Stamps {
    private static final int SIZE = 4_096;

    /** Their number is a power of two. */
    private final AtomicLongArray numbers;

    public Stamps() {
        this(SIZE);
    }

    private Stamps(int size) {
        numbers = new AtomicLongArray(size);
    }

    /** For many things that change one by one, as players do: 512 KiB, so that hardly any two that are cached share a number. */
    public static Stamps many() {
        return new Stamps(16 * SIZE);
    }

    public long of(Object thing) {
        return numbers.get(index(thing));
    }

    public void changed(Object thing) {
        numbers.incrementAndGet(index(thing));
    }

    /** Changes every number. */
    public void allChanged() {
        for (int i = 0; i < numbers.length(); i++) {
            numbers.incrementAndGet(i);
        }
    }

    private int index(Object thing) {
        int hash = thing.hashCode();
        return (hash ^ hash >>> 16) & numbers.length() - 1;
    }
}
