package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Bounded polling for the progress of other processes, which send no notification. */
public final class Waiting {
    private static final long STEP_MILLIS = 20;

    private Waiting() {}

    /** Waits until the condition holds; returns false if it does not within the patience. */
    public static boolean until(Duration patience, BooleanSupplier condition) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for another process");
            }
        }
        return true;
    }
}
