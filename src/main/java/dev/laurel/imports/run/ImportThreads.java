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

/** The threads that read and check files: as many as there are imports at work, so that these never hold up anything else. */
@ApplicationScoped
class ImportThreads {
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads;

    ImportThreads(ImportConfig config) {
        this.threads = Executors.newFixedThreadPool(config.parallel(), work -> {
            Thread thread = new Thread(work, "import-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does something that takes long, or waits for a file; the result arrives on the caller's context. */
    <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom()
                .deferred(() -> threads.isShutdown()
                        ? Uni.createFrom().failure(Unavailable.overloaded("The service is shutting down"))
                        : Contexts.await(CompletableFuture.supplyAsync(work, threads)))
                .onFailure(CompletionException.class)
                .transform(Throwable::getCause);
    }

    /** Imports end at their next step. */
    void stop(@Observes @Priority(StartOrder.JOBS_END) ShutdownEvent event) {
        threads.shutdown();
    }
}
