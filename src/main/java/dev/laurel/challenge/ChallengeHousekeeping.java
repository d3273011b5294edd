package dev.laurel.challenge;

import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.stream.Collectors;

/** Removes the submissions to deleted challenges. */
@ApplicationScoped
class ChallengeHousekeeping {
    private static final String REMOVE = """
            WITH gone AS MATERIALIZED (
                SELECT s.id FROM challenge c JOIN submission s ON s.challenge = c.number AND s.withdrawn_at IS NULL
                WHERE c.deleted_at IS NOT NULL LIMIT $1),
            texts AS (DELETE FROM submission_content t USING gone g WHERE t.id = g.id)
            DELETE FROM submission s USING gone g WHERE s.id = g.id""";

    private static final long AT_ONCE = 2_000;

    private final Sql sql;
    private final JobLog log;

    ChallengeHousekeeping(Sql sql, JobLog log) {
        this.sql = sql;
        this.log = log;
    }

    @Scheduled(identity = "challenge-housekeeping", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return log.run("challenge-housekeeping", removeSubmissions());
    }

    /** Returns how many. */
    Uni<Long> removeSubmissions() {
        return Multi.createBy()
                .repeating()
                .uni(() -> sql.runForJob(REMOVE, AT_ONCE).map(rows -> (long) rows.rowCount()))
                .whilst(removed -> removed > 0)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }
}
