package dev.laurel.platform.lifecycle;

import io.quarkus.runtime.PreventFurtherStepsException;

/** A start that ends for a reason which somebody has to remove: one line says what it is, without a stack trace. */
public final class StartRefused {
    private static final int FAILED = 1;

    private StartRefused() {}

    /** What ends the start, to be thrown. */
    public static RuntimeException because(String reason) {
        return new PreventFurtherStepsException(reason, FAILED);
    }
}
