package dev.laurel.league;

import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.stream.Collectors;

/** Removes leagues of deleted boards, and of windows whose final rankings are no longer kept. */
@ApplicationScoped
class LeagueHousekeeping {
    private static final String FORGET = "SELECT forget_leagues($1)";
    private static final long AT_ONCE = 5_000;

    private final Sql sql;
    private final JobLog log;

    LeagueHousekeeping(Sql sql, JobLog log) {
        this.sql = sql;
        this.log = log;
    }

    @Scheduled(identity = "league-housekeeping", every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return log.run("league-housekeeping", forget());
    }

    /** Returns how many places of players were removed. */
    Uni<Long> forget() {
        return Multi.createBy()
                .repeating()
                .uni(() -> sql.runForJob(FORGET, AT_ONCE)
                        .map(rows -> rows.iterator().next().getLong(0)))
                .whilst(removed -> removed > 0)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }
}
