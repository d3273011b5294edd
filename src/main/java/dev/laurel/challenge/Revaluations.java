package dev.laurel.challenge;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.correction.AdjustmentOrder;
import dev.laurel.correction.Adjustments;
import dev.laurel.correction.Decision;
import dev.laurel.correction.RunningPeriods;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Gives those who have cleared a variant its new points, one after the other. Each correction is an adjustment under a key
 * that follows from the order and the clearing, so it is made once, however often this is interrupted and begun again.
 */
@ApplicationScoped
class Revaluations {
    private static final Logger LOG = Logger.getLogger(Revaluations.class);

    /** One that is due: of a variant the oldest, which no other process is working on. */
    private static final String CLAIM = """
            UPDATE challenge_revaluation r SET leased_until = now() + interval '30 seconds'
            WHERE r.id = (
                SELECT o.id FROM challenge_revaluation o
                WHERE o.done_at IS NULL AND (o.leased_until IS NULL OR o.leased_until < now())
                  AND NOT EXISTS (SELECT FROM challenge_revaluation e
                                  WHERE e.challenge = o.challenge AND e.variant = o.variant
                                    AND e.done_at IS NULL AND e.id < o.id)
                ORDER BY o.id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING r.id, r.tenant_id, r.points, r.reason, r.author""";

    /** The next clearings with other points, and the lease renewed. */
    private static final String PAGE = """
            WITH r AS (
                UPDATE challenge_revaluation SET leased_until = now() + interval '30 seconds' WHERE id = $1 RETURNING *)
            SELECT k.player_id, k.points, k.board_id, k.event_id, k.event_ms, c.board
            FROM r JOIN clearing k ON k.challenge = r.challenge AND k.variant = r.variant
            JOIN challenge c ON c.number = k.challenge
            WHERE k.player_id > r.player_id AND k.points <> r.points
              -- who has cleared it since got the points of that time
              AND k.event_ms <= (extract(epoch FROM r.requested_at) * 1000)::bigint
            ORDER BY k.player_id LIMIT 50""";

    private static final String CORRECTED = "SELECT revalue_clearing($1, $2, $3)";

    private static final String DONE = "UPDATE challenge_revaluation SET done_at = now(), player_id = '' WHERE id = $1";

    private final Sql sql;
    private final JobLog log;
    private final Boards boards;
    private final Adjustments adjustments;
    private final RunningPeriods running;
    private final ChallengeCache cache;
    private final Clock clock;

    Revaluations(
            Sql sql,
            JobLog log,
            Boards boards,
            Adjustments adjustments,
            RunningPeriods running,
            ChallengeCache cache,
            Clock clock) {
        this.sql = sql;
        this.log = log;
        this.boards = boards;
        this.adjustments = adjustments;
        this.running = running;
        this.cache = cache;
        this.clock = clock;
    }

    @Scheduled(identity = "challenge-revaluations", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return log.run("challenge-revaluations", workOnOne());
    }

    /** Works on one order; returns the number of players. */
    Uni<Long> workOnOne() {
        return sql.runForJob(CLAIM)
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(0L)
                        : revalue(order(rows.iterator().next())));
    }

    private static Order order(Row row) {
        return new Order(
                row.getLong(0),
                new Tenant(row.getShort(1)),
                row.getInteger(2),
                new Decision(row.getString(3), row.getString(4)));
    }

    private Uni<Long> revalue(Order order) {
        return Multi.createBy()
                .repeating()
                .uni(() -> page(order))
                .whilst(players -> players > 0)
                .collect()
                .with(Collectors.summingLong(Integer::longValue))
                .call(() -> sql.runForJob(DONE, order.id()))
                .invoke(cache::playersChanged);
    }

    private Uni<Integer> page(Order order) {
        return sql.runForJob(PAGE, order.id()).chain(rows -> Multi.createFrom()
                .iterable(clearings(rows))
                .onItem()
                .transformToUniAndConcatenate(one -> revalue(order, one))
                .collect()
                .last()
                .replaceWith(rows.size()));
    }

    private static List<Earned> clearings(Iterable<Row> rows) {
        List<Earned> all = new ArrayList<>();
        rows.forEach(row -> all.add(new Earned(
                row.getString(0),
                row.getInteger(1),
                row.getInteger(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getString(5))));
        return all;
    }

    private Uni<Boolean> revalue(Order order, Earned earned) {
        return boards.get(new BoardName(order.tenant(), earned.board()))
                .chain(board -> board.id() == earned.boardId()
                        ? correct(board, order, earned)
                        : Uni.createFrom().item(false))
                .onFailure(Revaluations::isRefusal)
                .invoke(e ->
                        LOG.warnf("The points of a clearing (%s) were not corrected: %s", order.id(), e.getMessage()))
                .onFailure(Revaluations::isRefusal)
                .recoverWithItem(false)
                .call(corrected -> sql.runForJob(CORRECTED, order.id(), earned.playerId(), corrected));
    }

    /** Final: trying again would not help, and must not keep all others waiting. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof InvalidInput || failure instanceof Conflict || failure instanceof NotFound;
    }

    /** Where the points count still: closed windows keep those of their time. */
    private Uni<Boolean> correct(Board board, Order order, Earned earned) {
        List<Long> scores = new ArrayList<>();
        scores.add(Variant.units(board, (long) order.points() - earned.points()));
        for (int metric = 1; metric < board.definition().metrics().size(); metric++) {
            scores.add(board.definition().nothing(metric));
        }
        // One moment for both: at midnight the day of the clearing ends, and must not pass its points on to the next
        // one.
        Instant now = clock.instant();
        return running.holding(board, earned.at(), now)
                .chain(periods -> periods.none()
                        ? Uni.createFrom().item(true)
                        : adjustments
                                .adjust(
                                        board,
                                        new AdjustmentOrder(
                                                earned.playerId(),
                                                scores,
                                                periods.named(),
                                                order.decision(),
                                                now,
                                                key(order, earned)))
                                .replaceWith(true));
    }

    private static String key(Order order, Earned earned) {
        return "revalue." + order.id() + "." + earned.submission();
    }

    private record Order(long id, Tenant tenant, int points, Decision decision) {}

    /** Points that a player has earned by an event of a board. */
    private record Earned(String playerId, int points, int boardId, String eventId, Instant at, String board) {
        UUID submission() {
            return SubmissionDocument.submission(eventId);
        }
    }
}
