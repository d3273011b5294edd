package dev.laurel.cache;

import java.util.function.Function;

/**
 * A cached value that becomes a finished response: it is written by the first request for it, and from then on only the
 * response is kept, which is smaller and costs no further request anything.
 */
public final class Computed<T> {
    private volatile T value;
    private volatile byte[] body;

    public Computed(T value) {
        this.value = value;
    }

    /** The value; null once the response has been written. */
    public T value() {
        return value;
    }

    /** @param write makes the response, always the same one for a value */
    public byte[] as(Function<T, byte[]> write) {
        // In this order: the value goes after the response has come.
        T known = value;
        byte[] written = body;
        if (written == null) {
            written = write.apply(known);
            body = written;
            value = null;
        }
        return written;
    }
}
