package dev.laurel.platform.lifecycle;

import dev.laurel.platform.faults.Faults;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.spi.JobInstrumenter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends the scheduled jobs before the resources they need: once the service stops, no job begins, and running jobs are
 * awaited. The framework by itself waits for requests only.
 */
@ApplicationScoped
// Tracing has one, too, and only one is asked.
@Alternative
@Priority(1)
class JobsEnd implements JobInstrumenter {
    private static final Logger LOG = Logger.getLogger(JobsEnd.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final JobMeters meters;

    /** Each running job is a party, and so is the service until it stops. */
    private final Phaser atWork = new Phaser(1);

    JobsEnd(Scheduler scheduler, JobMeters meters) {
        this.scheduler = scheduler;
        this.meters = meters;
    }

    @Override
    public CompletionStage<Void> instrument(JobInstrumentationContext job) {
        if (atWork.register() < 0) {
            return CompletableFuture.completedStage(null);
        }
        long started = System.nanoTime();
        try {
            return job.executeJob().whenComplete((done, failure) -> {
                atWork.arriveAndDeregister();
                ended(job.getSpanName(), System.nanoTime() - started, failure);
            });
        } catch (RuntimeException e) {
            atWork.arriveAndDeregister();
            ended(job.getSpanName(), System.nanoTime() - started, e);
            throw e;
        }
    }

    private void ended(String job, long nanos, Throwable failure) {
        meters.ended(job, nanos, failure != null);
        if (failure != null) {
            Faults.inJob(job, failure);
        }
    }

    void end(@Observes @Priority(StartOrder.JOBS_END + 1) ShutdownEvent event) throws InterruptedException {
        if (scheduler.isRunning()) {
            scheduler.pause();
        }
        int phase = atWork.arriveAndDeregister();
        try {
            atWork.awaitAdvanceInterruptibly(phase, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("%d jobs are cut off: they have not ended within %s", atWork.getUnarrivedParties(), PATIENCE);
        }
    }
}
