package dev.laurel.platform.lifecycle;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;

/** A start that ends for a reason which somebody has to remove: one line says what it is, without a stack trace. */
public final class StartRefused {
    private static final int FAILED = 1;

    private StartRefused() {}

    /**
     * What ends the start, to be thrown once: the reason is printed, and the process ends with 1. Quarkus takes the
     * exception for a start that is to go no further, but goes on waiting unless it is told to exit.
     */
    public static RuntimeException because(String reason) {
        System.err.println(reason);
        Quarkus.asyncExit(FAILED);
        return new PreventFurtherStepsException(reason, FAILED);
    }
}
