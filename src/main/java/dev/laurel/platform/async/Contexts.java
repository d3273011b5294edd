package dev.laurel.platform.async;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Brings results that other threads produce back to where they are waited for. */
public final class Contexts {
    private Contexts() {}

    /** The result of a future that may be null; empty while there is none, and when it failed. */
    public static <T> Optional<T> arrived(CompletableFuture<T> future) {
        return future == null || !future.isDone() || future.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.ofNullable(future.join());
    }

    /** The result of a future: at once when it is there, else on the context of the caller. */
    public static <T> Uni<T> await(CompletableFuture<T> future) {
        Optional<T> arrived = arrived(future);
        if (arrived.isPresent()) {
            return Uni.createFrom().item(arrived.get());
        }
        // Whoever gives up ends only the own wait: others may be waiting for the same.
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
     * One works on a key while others wait for the same result, each on its own context.
     *
     * @param atWork who is at it; whoever owns the map takes the key out again, or keeps the result there
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

    /** Work that goes on when its caller gives up: what it has done in one store it has to do in the other. */
    public static <T> Uni<T> toTheEnd(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<T> result = new CompletableFuture<>();
            work.subscribe().with(result::complete, result::completeExceptionally);
            return await(result);
        });
    }
}
