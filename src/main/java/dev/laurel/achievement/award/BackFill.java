package dev.laurel.achievement.award;

import dev.laurel.achievement.AchievementConfig;
import dev.laurel.platform.faults.Faults;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Looks at all players for new and changed achievements, and whenever something may have decided them for many players. Each
 * step is a transaction in which the position moves on, so whatever is killed, and however many replicas there are, it goes
 * on where it was.
 */
@ApplicationScoped
class BackFill {
    private static final Logger LOG = Logger.getLogger(BackFill.class);

    /** Of one run; the next one goes on. */
    private static final int MAX_STEPS = 500;

    /** An order that comes while players are being looked at has all of them looked at once more. */
    private static final String TAKE_ORDERS = """
            WITH taken AS (
                DELETE FROM achievement_order WHERE id IN (
                    SELECT o.id FROM achievement_order o ORDER BY o.id LIMIT 1000 FOR UPDATE SKIP LOCKED)
                RETURNING tenant_id, achievement)
            INSERT INTO achievement_fill AS f (achievement, tenant_id, after_tx)
            SELECT DISTINCT t.achievement, t.tenant_id, pg_snapshot_xmax(pg_current_snapshot()) FROM taken t ORDER BY t.achievement
            ON CONFLICT (achievement) DO UPDATE SET after_tx = excluded.after_tx,
                again = f.ended_at IS NULL AND f.players IS NOT NULL,
                player_id = CASE WHEN f.ended_at IS NULL THEN f.player_id ELSE '' END,
                done = CASE WHEN f.ended_at IS NULL THEN f.done ELSE 0 END,
                players = CASE WHEN f.ended_at IS NULL THEN f.players END,
                started_at = CASE WHEN f.ended_at IS NULL THEN f.started_at ELSE clock_timestamp() END,
                ended_at = NULL""";

    /**
     * The one that has come least far; none on a board that is frozen, and none before all transactions that have not seen
     * the order have ended, and what they wrote is counted.
     */
    private static final String CLAIM = "SELECT " + Target.COLUMNS + """
            , f.player_id, f.failures FROM achievement_fill f
            JOIN achievement a ON a.number = f.achievement AND a.deleted_at IS NULL
            WHERE f.ended_at IS NULL AND f.players IS NOT NULL AND NOT is_achievement_frozen(a, $1)
              AND f.after_tx <= pg_snapshot_xmin(pg_current_snapshot()) AND is_achievement_counted(a, f.after_tx)
              AND (f.retry_at IS NULL OR f.retry_at <= clock_timestamp())
            ORDER BY f.done, f.achievement LIMIT 1 FOR UPDATE OF f SKIP LOCKED""";

    /** What still has to be counted; large boards take long. */
    private static final String UNCOUNTED = """
            SELECT f.achievement FROM achievement_fill f
            JOIN achievement a ON a.number = f.achievement AND a.deleted_at IS NULL
            WHERE f.ended_at IS NULL AND f.players IS NULL AND NOT is_achievement_frozen(a, $1)
              AND (f.retry_at IS NULL OR f.retry_at <= clock_timestamp())
            ORDER BY f.started_at LIMIT 10""";

    private static final String COUNT = """
            UPDATE achievement_fill f SET players = (
                SELECT count(DISTINCT s.player_id) FROM achievement a
                JOIN standing s ON s.board_id IN (SELECT achievement_boards(a)) WHERE a.number = f.achievement)
            WHERE f.achievement = $1 AND f.players IS NULL""";

    private static final String PAGE = """
            SELECT DISTINCT n.player_id FROM achievement a
            CROSS JOIN LATERAL achievement_boards(a) AS b(id)
            CROSS JOIN LATERAL (
                SELECT s.player_id FROM standing s WHERE s.board_id = b.id AND s.player_id > $2
                ORDER BY s.player_id LIMIT $3) n
            WHERE a.number = $1 ORDER BY n.player_id LIMIT $3""";

    private static final String MOVE = """
            UPDATE achievement_fill f SET done = f.done + $3, player_id = $2, retry_at = NULL,
                -- now and then a larger page is tried again
                failures = greatest(0, f.failures - (random() < 0.05)::integer)
            WHERE f.achievement = $1""";

    private static final String FAILED = """
            UPDATE achievement_fill f SET failures = least(f.failures + 1, 20),
                retry_at = clock_timestamp() + least(power(2, f.failures), 300) * interval '1 second'
            WHERE f.achievement = $1""";

    private static final String END = """
            UPDATE achievement_fill f SET
                done = CASE WHEN f.again THEN 0 ELSE f.done + $2 END, player_id = '', again = false, failures = 0, retry_at = NULL,
                players = CASE WHEN NOT f.again THEN f.players END,
                ended_at = CASE WHEN NOT f.again THEN clock_timestamp() END
            WHERE f.achievement = $1""";

    private final Sql sql;
    private final JobLog log;
    private final Awards awards;
    private final AchievementConfig config;
    private final Clock clock;

    BackFill(Sql sql, JobLog log, Awards awards, AchievementConfig config, Clock clock) {
        this.sql = sql;
        this.log = log;
        this.awards = awards;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(identity = "achievement-fill", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return log.run(
                "achievement-fill",
                sql.runForJob(TAKE_ORDERS).chain(this::count).chain(this::steps));
    }

    /** Outside of the steps, which have to be short. */
    private Uni<Void> count() {
        return sql.runForJob(UNCOUNTED, now()).chain(rows -> Multi.createFrom()
                .iterable(rows)
                .map(row -> row.getInteger(0))
                .onItem()
                .transformToUniAndConcatenate(number -> sql.runForJob(COUNT, number)
                        .onFailure()
                        .recoverWithUni(failure -> failed(number, failure))
                        .replaceWithVoid())
                .collect()
                .last());
    }

    /** Others are not held up by one that fails. */
    private Uni<RowSet<Row>> failed(int number, Throwable failure) {
        LOG.warnf("The search for holders of achievement %d has failed: %s", number, failure.getMessage());
        Faults.inJob("achievement-fill", failure);
        return sql.runForJob(FAILED, number);
    }

    /** Returns the number of players. */
    private Uni<Long> steps() {
        return Multi.createBy()
                .repeating()
                .uni(this::step)
                .whilst(players -> players >= 0)
                .select()
                .first(MAX_STEPS)
                .filter(players -> players > 0)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    /** Returns the number of players, or -1 when there is nothing to do. */
    private Uni<Long> step() {
        AtomicReference<Integer> claimed = new AtomicReference<>();
        return sql.inTransaction(transaction -> transaction.run(CLAIM, now()).chain(rows -> {
                    if (rows.size() == 0) {
                        return Uni.createFrom().item(-1L);
                    }
                    Row row = rows.iterator().next();
                    claimed.set(row.getInteger(0));
                    return page(row, transaction);
                }))
                .onFailure(failure -> claimed.get() != null)
                .recoverWithUni(failure -> failed(claimed.get(), failure).replaceWith(0L));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private Uni<Long> page(Row claimed, Statements transaction) {
        Target target = Target.of(claimed);
        long size = Math.max(1, config.fillStep() >> claimed.getShort(11));
        return transaction
                .run(PAGE, target.number(), claimed.getString(10), size)
                .map(BackFill::ids)
                .call(players -> awards.decideAnew(List.of(target), players, transaction))
                .call(players -> players.size() < size
                        ? transaction.run(END, target.number(), (long) players.size())
                        : transaction.run(
                                MOVE, target.number(), players.get(players.size() - 1), (long) players.size()))
                .map(players -> (long) players.size());
    }

    private static List<String> ids(RowSet<Row> rows) {
        List<String> ids = new ArrayList<>(rows.size());
        rows.forEach(row -> ids.add(row.getString(0)));
        return ids;
    }
}
