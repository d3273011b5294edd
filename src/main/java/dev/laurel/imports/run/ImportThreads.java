package dev.laurel.imports.run;

import dev.laurel.imports.ImportConfig;
import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads that read and check files: two for each import at work, of which one reads ahead. So these never hold up anything
 * else.
 */
@ApplicationScoped
class ImportThreads {
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads;

    ImportThreads(ImportConfig config) {
        this.threads = Executors.newFixedThreadPool(2 * config.parallel(), work -> {
            Thread thread = new Thread(work, "import-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does something that takes long, or waits for a file; the result arrives on the caller's context. */
    <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom().deferred(() -> result(begin(work)));
    }

    /** Begins something whose result is wanted later. */
    <T> CompletableFuture<T> begin(Supplier<T> work) {
        return threads.isShutdown()
                ? CompletableFuture.failedFuture(Unavailable.overloaded("The service is shutting down"))
                : CompletableFuture.supplyAsync(work, threads);
    }

    /** The result of what was begun; it arrives on the caller's context. */
    static <T> Uni<T> result(CompletableFuture<T> begun) {
        return Contexts.await(begun).onFailure(CompletionException.class).transform(Throwable::getCause);
    }

    /** Imports end at their next step. */
    void stop(@Observes @Priority(StartOrder.JOBS_END) ShutdownEvent event) {
        threads.shutdown();
    }
}
