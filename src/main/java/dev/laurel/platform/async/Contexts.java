package dev.laurel.platform.async;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Delivers results produced by other threads on the contexts of the callers that wait for them. */
public final class Contexts {
    private Contexts() {}

    /** The result of a future, which may be null; empty while there is none, and when it failed. */
    public static <T> Optional<T> arrived(CompletableFuture<T> future) {
        return future == null || !future.isDone() || future.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.ofNullable(future.join());
    }

    /** The result of a future: at once when it has completed, else on the caller's context. */
    public static <T> Uni<T> await(CompletableFuture<T> future) {
        Optional<T> arrived = arrived(future);
        if (arrived.isPresent()) {
            return Uni.createFrom().item(arrived.get());
        }
        // Cancelling affects only this caller: others may be waiting for the same future.
        CompletableFuture<T> own = new CompletableFuture<>();
        future.whenComplete((item, failure) -> {
            if (failure == null) {
                own.complete(item);
            } else {
                own.completeExceptionally(failure);
            }
        });
        Uni<T> result = Uni.createFrom().completionStage(own);
        Context caller = Vertx.currentContext();
        if (caller == null) {
            return result;
        }
        Executor executor = task -> caller.runOnContext(ignored -> task.run());
        return result.emitOn(executor);
    }

    /**
     * Runs the work for a key once while other callers wait for the same result, each on its own context.
     *
     * @param atWork the work in progress; the owner of the map removes the key again, or keeps the result there
     */
    public static <K, T> Uni<T> once(ConcurrentMap<K, CompletableFuture<T>> atWork, K key, Supplier<Uni<T>> work) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> first = atWork.putIfAbsent(key, mine);
        if (first != null) {
            return await(first);
        }
        Uni.createFrom().deferred(work::get).subscribe().with(mine::complete, mine::completeExceptionally);
        return await(mine);
    }

    /** Work that continues when its caller gives up: what it has done in one store must also be done in the other. */
    public static <T> Uni<T> toTheEnd(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<T> result = new CompletableFuture<>();
            work.subscribe().with(result::complete, result::completeExceptionally);
            return await(result);
        });
    }
}
