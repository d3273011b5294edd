package dev.laurel.platform.meters;

import io.smallrye.mutiny.Uni;

/** What the steps of writing a batch took. Belongs to one batch. */
public final class WriteTimes {
    private volatile long commitNanos;
    private volatile long redisNanos;

    /** Measures the transaction. */
    public <T> Uni<T> ofCommit(Uni<T> work) {
        long started = System.nanoTime();
        return work.invoke(() -> commitNanos = System.nanoTime() - started);
    }

    /** Measures what follows in Redis. */
    public <T> Uni<T> ofRedis(Uni<T> work) {
        long started = System.nanoTime();
        return work.invoke(() -> redisNanos = System.nanoTime() - started);
    }

    /** From sending the batch to PostgreSQL to knowing that it is committed. */
    public long commitNanos() {
        return commitNanos;
    }

    /** Until Redis has shown it. */
    public long redisNanos() {
        return redisNanos;
    }
}
