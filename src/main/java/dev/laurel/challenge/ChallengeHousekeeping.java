package dev.laurel.challenge;

import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.stream.Collectors;

/** Removes what is known of deleted challenges, step by step; nobody sees it. */
@ApplicationScoped
class ChallengeHousekeeping {
    private static final String FORGET = "SELECT forget_some($1)";

    /** Rows in one step: some hundredths of a second, during which clearings of the same players wait. */
    private static final long AT_ONCE = 1_000;

    private final Sql sql;
    private final JobLog log;

    ChallengeHousekeeping(Sql sql, JobLog log) {
        this.sql = sql;
        this.log = log;
    }

    @Scheduled(identity = "challenge-housekeeping", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return log.run("challenge-housekeeping", forgetDeleted());
    }

    /** Returns how many rows. */
    Uni<Long> forgetDeleted() {
        return Multi.createBy()
                .repeating()
                .uni(() -> sql.runForJob(FORGET, AT_ONCE)
                        .map(rows -> rows.iterator().next().getLong(0)))
                .whilst(removed -> removed > 0)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }
}
