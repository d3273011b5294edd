package dev.laurel.league;

import dev.laurel.platform.faults.Faults;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/**
 * Settles the leagues of windows that are over, in the order of the windows, step by step: each step is a transaction
 * that also notes how far it has come, so that a process that dies leaves nothing half done. Replicas share the boards.
 */
@ApplicationScoped
class LeagueSettlement {
    private static final Logger LOG = Logger.getLogger(LeagueSettlement.class);

    private static final String DUE = "SELECT board_id, period FROM league WHERE due ORDER BY random() LIMIT 1000";
    private static final String STEP = "SELECT step_leagues($1, $2, $3, $4)";

    /** Players of a step: some tenths of a second. */
    private static final long AT_ONCE = 2_000;

    private final Sql sql;
    private final JobLog log;
    private final Clock clock;

    LeagueSettlement(Sql sql, JobLog log, Clock clock) {
        this.sql = sql;
        this.log = log;
        this.clock = clock;
    }

    @Scheduled(identity = "league-settlement", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return log.run("league-settlement", settle());
    }

    /** Returns how many steps it took. */
    Uni<Long> settle() {
        return Multi.createBy()
                .repeating()
                .uni(this::stepEach)
                .whilst(steps -> steps > 0)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    /** One step of each, so that none waits for a large one. */
    private Uni<Long> stepEach() {
        return sql.runForJob(DUE).chain(rows -> Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(this::step)
                .collect()
                .with(Collectors.summingLong(Long::longValue)));
    }

    private Uni<Long> step(Row league) {
        int board = league.getInteger(0);
        return sql.runForJob(
                        STEP,
                        board,
                        league.getShort(1),
                        AT_ONCE,
                        clock.instant().atOffset(ZoneOffset.UTC))
                .map(rows -> rows.iterator().next().getBoolean(0) ? 1L : 0L)
                .onFailure()
                .invoke(failure -> Faults.inJob("league-settlement", failure))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "The leagues of board %d are not settled now; they will be tried again: %s",
                        board, failure.getMessage()))
                .onFailure()
                .recoverWithItem(0L);
    }
}
