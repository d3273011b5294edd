package dev.laurel.imports.run;

import dev.laurel.imports.ImportConfig;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportQueued;
import dev.laurel.imports.run.JobTable.Held;
import dev.laurel.platform.async.LargeWrites;
import dev.laurel.platform.tenant.VisibleRows;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import org.jboss.logging.Logger;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds imports to work on: those that have just been ordered, and those whose process has fallen silent. No more at once than
 * the settings allow.
 */
@ApplicationScoped
class ImportRunner {
    private static final Logger LOG = Logger.getLogger(ImportRunner.class);

    /** Renewals within a lease: two may fail. */
    private static final int BEATS = 3;

    private final JobTable jobs;
    private final ImportWork work;
    private final ImportConfig config;
    private final ImportMeters meters;
    private final LargeWrites writes;
    private final Vertx vertx;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean stopping;

    ImportRunner(
            JobTable jobs, ImportWork work, ImportConfig config, ImportMeters meters, LargeWrites writes, Vertx vertx) {
        this.jobs = jobs;
        this.work = work;
        this.config = config;
        this.meters = meters;
        this.writes = writes;
        this.vertx = vertx;
    }

    @Scheduled(identity = "imports", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return takeNext().onFailure().recoverWithNull();
    }

    void queued(@ObservesAsync ImportQueued event) {
        lookAgain();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void lookAgain() {
        // An event comes in the context of the request that ordered an import: the next one may be of another tenant.
        VisibleRows.duringAll(this::takeNext)
                .subscribe()
                .with(ignored -> {}, failure -> LOG.debugf("Imports wait: %s", failure.getMessage()));
    }

    private Uni<Void> takeNext() {
        if (!config.enabled() || stopping || running.incrementAndGet() > config.parallel()) {
            if (config.enabled() && !stopping) {
                running.decrementAndGet();
            }
            return Uni.createFrom().voidItem();
        }
        UUID lease = UUID.randomUUID();
        return jobs.take(lease)
                .invoke(found ->
                        found.ifPresentOrElse(job -> begin(job, new Held(job.id(), lease)), running::decrementAndGet))
                .onFailure()
                .invoke(() -> running.decrementAndGet())
                .replaceWithVoid();
    }

    /** On a context of its own: the one that found it has other things to do. */
    private void begin(ImportJob job, Held held) {
        vertx.getOrCreateContext().runOnContext(ignored -> {
            long beats = vertx.setPeriodic(Math.max(1, config.lease().toMillis() / BEATS), beat -> jobs.renew(held)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("Import %d: %s", job.id(), failure.getMessage())));
            meters.begun();
            Uni.createFrom()
                    .deferred(() -> worked(job, held))
                    .onTermination()
                    .invoke(() -> ended(beats))
                    .subscribe()
                    .with(done -> {}, failure -> LOG.errorf(failure, "Import %d is left to another attempt", job.id()));
        });
    }

    /** What only tests a file changes nothing that could not wait. */
    private Uni<Void> worked(ImportJob job, Held held) {
        return job.options().dryRun() ? work.work(job, held) : writes.during(job.boardId(), work.work(job, held));
    }

    private void ended(long beats) {
        vertx.cancelTimer(beats);
        meters.left();
        running.decrementAndGet();
        lookAgain();
    }
}
