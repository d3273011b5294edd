package dev.laurel.cache;

import java.util.function.Function;

/**
 * A cached value, together with the response that is made of it: it is made once, by the first request for it, and not at
 * all for values that nobody asks for as a response.
 */
public final class Computed<T> {
    private final T value;
    private volatile byte[] body;

    public Computed(T value) {
        this.value = value;
    }

    public T value() {
        return value;
    }

    /** @param write makes the response, always the same one for a value */
    public byte[] as(Function<T, byte[]> write) {
        byte[] known = body;
        if (known == null) {
            known = write.apply(value);
            body = known;
        }
        return known;
    }
}
