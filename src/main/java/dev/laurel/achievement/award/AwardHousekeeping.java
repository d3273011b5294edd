package dev.laurel.achievement.award;

import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.stream.Collectors;

/** Removes the awards of deleted achievements. */
@ApplicationScoped
class AwardHousekeeping {
    private static final String REMOVE = """
            WITH searches AS (
                DELETE FROM achievement_fill f USING achievement a WHERE a.number = f.achievement AND a.deleted_at IS NOT NULL)
            DELETE FROM achievement_award w WHERE (w.achievement, w.player_id, w.tier, w.window_id) IN (
                SELECT g.achievement, g.player_id, g.tier, g.window_id FROM achievement a
                CROSS JOIN LATERAL (SELECT * FROM achievement_award o WHERE o.achievement = a.number LIMIT $1) g
                WHERE a.deleted_at IS NOT NULL LIMIT $1)""";

    private static final long AT_ONCE = 2_000;

    private final Sql sql;
    private final JobLog log;

    AwardHousekeeping(Sql sql, JobLog log) {
        this.sql = sql;
        this.log = log;
    }

    @Scheduled(identity = "achievement-housekeeping", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return log.run(
                "achievement-housekeeping",
                Multi.createBy()
                        .repeating()
                        .uni(() -> sql.runForJob(REMOVE, AT_ONCE).map(rows -> (long) rows.rowCount()))
                        .whilst(removed -> removed > 0)
                        .collect()
                        .with(Collectors.summingLong(Long::longValue)));
    }
}
