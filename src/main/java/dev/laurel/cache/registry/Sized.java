package dev.laurel.cache.registry;

import java.util.Collection;
import java.util.Optional;

/** A value that knows about how much memory it takes. */
public interface Sized {
    /** In front of the characters of a text, and of the fields of any object. */
    int HEADER = 40;

    /** In bytes; negative as long as that is not known. */
    long bytes();

    /** What a text takes; null takes nothing. */
    static long of(String text) {
        return text == null ? 0 : HEADER + text.length();
    }

    /** What a value takes; negative when it does not know that. */
    static long of(Object value) {
        if (value instanceof Sized sized) {
            return sized.bytes();
        }
        if (value instanceof String text) {
            return of(text);
        }
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() ? 0 : of(optional.get());
        }
        return value instanceof Collection<?> many ? ofAll(many) : -1;
    }

    private static long ofAll(Collection<?> many) {
        long all = HEADER;
        for (Object one : many) {
            long bytes = of(one);
            if (bytes < 0) {
                return -1;
            }
            all += Integer.BYTES + bytes;
        }
        return all;
    }
}
