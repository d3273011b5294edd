package dev.laurel.testing;

import io.quarkus.test.junit.callback.QuarkusTestAfterAllCallback;
import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.quarkus.test.junit.callback.QuarkusTestContext;

/** Fails a test class with Quarkus during which an event loop was blocked. */
public final class NoBlockedThreads implements QuarkusTestBeforeClassCallback, QuarkusTestAfterAllCallback {
    private final BlockedThreads warnings = BlockedThreads.installed();

    @Override
    public void beforeClass(Class<?> testClass) {
        // What came since the class before, with the start of the service, counts as well.
        warnings.requireNone("the time before " + testClass.getName());
    }

    @Override
    public void afterAll(QuarkusTestContext context) {
        warnings.requireNone(String.valueOf(context.getTestInstance()));
    }
}
