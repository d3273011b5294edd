package dev.laurel.platform.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** Records what each scheduled job did; runs without work leave no row. */
@ApplicationScoped
public class JobLog {
    private static final Logger LOG = Logger.getLogger(JobLog.class);
    private static final String INSERT =
            "INSERT INTO job_run (job, started_at, finished_at, done, failure) VALUES ($1, $2, $3, $4, $5)";

    private final Sql sql;
    private final Clock clock;

    /** By the name of a job why its last run failed: what repeats itself each second is logged once. */
    private final Map<String, String> failing = new ConcurrentHashMap<>();

    JobLog(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Runs a job that returns how much it has done. A failure is logged and recorded, and not propagated. */
    public Uni<Void> run(String job, Uni<Long> work) {
        return told(job, work, Long::longValue).replaceWithVoid().onFailure().recoverWithNull();
    }

    /** As {@link #run}, for a caller who waits for the result or the failure. */
    public <T> Uni<T> told(String job, Uni<T> work, ToLongFunction<T> done) {
        Instant started = clock.instant();
        return work.invoke(() -> succeeded(job))
                .call(result -> written(job, started, done.applyAsLong(result)))
                .onFailure()
                .call(failure -> failed(job, started, failure));
    }

    private void succeeded(String job) {
        if (failing.remove(job) != null) {
            LOG.infof("Job %s succeeded again", job);
        }
    }

    private Uni<Void> written(String job, Instant started, long done) {
        return done == 0 ? Uni.createFrom().voidItem() : write(job, started, done, null);
    }

    private Uni<Void> failed(String job, Instant started, Throwable failure) {
        String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        boolean repeated = reason.equals(failing.put(job, reason));
        LOG.logf(
                repeated ? Logger.Level.DEBUG : Logger.Level.WARN,
                "Job %s failed and will be retried: %s",
                job,
                reason);
        return write(job, started, 0, reason);
    }

    private Uni<Void> write(String job, Instant started, long done, String failure) {
        return sql.run(
                        INSERT,
                        job,
                        started.atOffset(ZoneOffset.UTC),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        done,
                        failure)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }
}
