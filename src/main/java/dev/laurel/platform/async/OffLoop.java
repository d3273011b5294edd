package dev.laurel.platform.async;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import java.util.function.Supplier;

/** Computations that would keep an event loop busy for milliseconds. */
public final class OffLoop {
    /** What sorting as many items takes goes unnoticed. */
    private static final int LARGE = 2_000;

    private OffLoop() {}

    /**
     * Computes on a worker thread if there is much to do, else at once. The result arrives on any thread.
     *
     * @param items how many are worked on
     */
    public static <T> Uni<T> ifLarge(int items, Supplier<T> work) {
        Uni<T> computed = Uni.createFrom().item(work);
        return items <= LARGE ? computed : computed.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
