package dev.laurel.platform.lifecycle;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;

import java.util.function.Supplier;

/**
 * The one place that blocks for a result: on the thread that starts and stops the program, which has nothing else to
 * do. It blocks only for parts of the startup or of the orderly shutdown.
 */
public final class MainThread {
    private MainThread() {}

    /** The result of the work; its failure as an unchecked exception. */
    public static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
