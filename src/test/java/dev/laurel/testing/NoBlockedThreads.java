package dev.laurel.testing;

import io.quarkus.test.junit.callback.QuarkusTestAfterAllCallback;
import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.quarkus.test.junit.callback.QuarkusTestContext;

/** Fails a test class with Quarkus during which an event loop was blocked. */
public final class NoBlockedThreads implements QuarkusTestBeforeClassCallback, QuarkusTestAfterAllCallback {
    private final BlockedThreads warnings = BlockedThreads.installed();
    private boolean started;

    @Override
    public void beforeClass(Class<?> testClass) {
        if (started) {
            warnings.requireNone("the time before " + testClass.getName());
        }
        // A cold process loads its classes on whatever thread needs them first; no request waits for it then.
        warnings.drain();
        started = true;
    }

    @Override
    public void afterAll(QuarkusTestContext context) {
        warnings.requireNone(String.valueOf(context.getTestInstance()));
    }
}
