package dev.laurel.backup;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Slows its thread down to a number of bytes per second. */
final class Throttle {
    /** Shorter pauses are not worth the change of threads. */
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(5);

    private final double nanosPerByte;
    private long free = System.nanoTime();

    Throttle(long bytesPerSecond) {
        this.nanosPerByte = (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, bytesPerSecond);
    }

    /** Returns when so many bytes more are due. Time in which nothing was passed is not made up for. */
    void pass(int bytes) {
        long now = System.nanoTime();
        free = Math.max(free, now - SHORTEST) + (long) (bytes * nanosPerByte);
        while (free - now > SHORTEST && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(free - now);
            now = System.nanoTime();
        }
    }
}
