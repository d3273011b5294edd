package dev.laurel.platform.lifecycle;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;

/** A start that ends for a reason which somebody has to remove: one line says what it is, without a stack trace. */
public final class StartRefused {
    private static final int FAILED = 1;

    private StartRefused() {}

    /**
     * Prints the reason, requests that the process exit with 1, and returns the exception that aborts the start; throw
     * it at once. The exception alone would leave Quarkus waiting for a shutdown.
     */
    public static RuntimeException because(String reason) {
        System.err.println(reason);
        Quarkus.asyncExit(FAILED);
        return new PreventFurtherStepsException(reason, FAILED);
    }
}
