package dev.laurel.cache;

import dev.laurel.cache.registry.Sized;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A cached value that becomes a finished response: it is written by the first request for it, and from then on only the
 * response is kept, which is smaller and costs no further request anything.
 */
public final class Computed<T> implements Sized {
    private final Consumer<byte[]> onWritten;
    private final long until;
    private volatile T value;
    private volatile byte[] body;

    public Computed(T value) {
        this(value, body -> {});
    }

    /** @param onWritten gets the response once it has been written; when several requests write it, each time */
    public Computed(T value, Consumer<byte[]> onWritten) {
        this.value = value;
        this.onWritten = onWritten;
        this.until = Long.MAX_VALUE;
    }

    private Computed(byte[] body, long until) {
        this.body = body;
        this.onWritten = same -> {};
        this.until = until;
    }

    /** A response that has been written elsewhere, and lives so long from now. */
    public static <T> Computed<T> written(byte[] body, Duration left) {
        return new Computed<>(body, System.nanoTime() + left.toNanos());
    }

    /** Whether it has lived as long as it may, wherever it has been. */
    public boolean isOver() {
        return until != Long.MAX_VALUE && System.nanoTime() - until > 0;
    }

    /** The value; null once the response has been written. */
    public T value() {
        return value;
    }

    @Override
    public long bytes() {
        byte[] written = body;
        return written == null ? -1 : HEADER + written.length;
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
            onWritten.accept(written);
        }
        return written;
    }
}
