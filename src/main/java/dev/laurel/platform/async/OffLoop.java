package dev.laurel.platform.async;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Computations that would keep an event loop busy for milliseconds. */
public final class OffLoop {
    /** What sorting as many items takes goes unnoticed. */
    private static final int LARGE = 2_000;

    private OffLoop() {}

    /**
     * Computes on a worker thread if there is much to do, else at once. The result arrives on the caller's context.
     *
     * @param items how many are worked on
     */
    public static <T> Uni<T> ifLarge(int items, Supplier<T> work) {
        return items <= LARGE ? Uni.createFrom().item(work) : always(work);
    }

    /** Computes on a worker thread. The result arrives on the caller's context. */
    public static <T> Uni<T> always(Supplier<T> work) {
        return Uni.createFrom()
                .deferred(() ->
                        Contexts.await(CompletableFuture.supplyAsync(work, Infrastructure.getDefaultWorkerPool())));
    }
}
