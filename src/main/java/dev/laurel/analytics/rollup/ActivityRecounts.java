package dev.laurel.analytics.rollup;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.NotFound;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Counts figures again from the ledger, some players at a time: of a board on request, and of the players with events that a
 * freeze held back. The follower waits meanwhile, for one step.
 */
@ApplicationScoped
public class ActivityRecounts {
    /** Players of one step. */
    private static final int STEP = 200;

    /** Steps of one run of the job. */
    private static final int MAX_STEPS = 100;

    private static final String REQUEST = """
            INSERT INTO activity_rebuild (tenant_id, board_id, requested_at) VALUES ($1, $2, $3)
            ON CONFLICT (board_id) DO UPDATE SET requested_at = excluded.requested_at, player_id = '', players = 0,
                done_at = NULL
            RETURNING players, requested_at, done_at""";

    private static final String STATE =
            "SELECT players, requested_at, done_at FROM activity_rebuild WHERE board_id = $1";

    private static final String REVEALED = """
            SELECT b.id FROM board b
            WHERE EXISTS (SELECT FROM activity_hidden h WHERE h.board_id = b.id AND h.freeze_no < b.freeze_no)
               OR b.freeze_at IS NULL AND EXISTS (SELECT FROM activity_hidden h WHERE h.board_id = b.id)
            LIMIT 1""";

    private static final String REQUESTED =
            "SELECT r.board_id FROM activity_rebuild r WHERE r.done_at IS NULL ORDER BY r.requested_at LIMIT 1";

    /** Waits until no batch of the board's shard is being counted, and keeps the next one waiting. */
    private static final String HOLD =
            "SELECT FROM follower WHERE name = 'activity' AND shard = ($1::integer & 15) FOR UPDATE";

    private static final String RELEASE = """
            WITH picked AS MATERIALIZED (
                SELECT DISTINCT l.player_id FROM (
                    SELECT h.player_id FROM activity_hidden h JOIN board b ON b.id = h.board_id
                    WHERE h.board_id = $1 AND (b.freeze_at IS NULL OR h.freeze_no < b.freeze_no)
                    ORDER BY h.freeze_no, h.tx, h.id LIMIT $2) l),
            gone AS (
                DELETE FROM activity_hidden h USING picked p, board b
                WHERE h.board_id = $1 AND h.player_id = p.player_id AND b.id = $1
                  AND (b.freeze_at IS NULL OR h.freeze_no < b.freeze_no))
            SELECT p.player_id FROM picked p""";

    /** Every player with an event has a standing, except some who have been taken out by hand. */
    private static final String NEXT = """
            SELECT q.player_id FROM (
                (SELECT s.player_id FROM standing s, activity_rebuild r
                 WHERE r.board_id = $1 AND s.board_id = $1 AND s.player_id > r.player_id ORDER BY s.player_id LIMIT $2)
                UNION
                (SELECT s.player_id FROM activity_player s, activity_rebuild r
                 WHERE r.board_id = $1 AND s.board_id = $1 AND s.player_id > r.player_id ORDER BY s.player_id LIMIT $2)) q
            ORDER BY q.player_id LIMIT $2""";

    private static final String DONE = """
            UPDATE activity_rebuild SET player_id = coalesce($2, player_id), players = players + $3,
                done_at = CASE WHEN $3 < $4 THEN clock_timestamp() END
            WHERE board_id = $1""";

    private static final String RECOUNT = "SELECT recount_activity($1, $2, NULL, NULL, '{}')";

    private static final String OVER = """
            WITH old AS (DELETE FROM activity_change WHERE changed_at < now() - interval '10 minutes'),
            gone AS MATERIALIZED (SELECT id FROM board WHERE deleted_at IS NOT NULL),
            a AS (DELETE FROM activity_day WHERE ctid IN (
                SELECT d.ctid FROM activity_day d JOIN gone ON gone.id = d.board_id LIMIT $1) RETURNING 1),
            b AS (DELETE FROM activity_day_tag WHERE ctid IN (
                SELECT d.ctid FROM activity_day_tag d JOIN gone ON gone.id = d.board_id LIMIT $1) RETURNING 1),
            c AS (DELETE FROM activity_player WHERE ctid IN (
                SELECT d.ctid FROM activity_player d JOIN gone ON gone.id = d.board_id LIMIT $1) RETURNING 1),
            d AS (DELETE FROM activity_hidden WHERE ctid IN (
                SELECT d.ctid FROM activity_hidden d JOIN gone ON gone.id = d.board_id LIMIT $1) RETURNING 1),
            e AS (DELETE FROM activity_rebuild d USING gone WHERE gone.id = d.board_id)
            SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b) + (SELECT count(*) FROM c) + (SELECT count(*) FROM d)""";

    private static final long CHUNK = 10_000;

    private final Sql sql;
    private final JobLog log;
    private final Clock clock;

    ActivityRecounts(Sql sql, JobLog log, Clock clock) {
        this.sql = sql;
        this.log = log;
        this.clock = clock;
    }

    /** Requests that all figures of a board are counted again; one that is under way begins again. */
    public Uni<Rebuild> request(Board board) {
        return sql.run(REQUEST, board.tenant().id(), board.id(), clock.instant().atOffset(ZoneOffset.UTC))
                .map(rows -> rebuild(rows.iterator().next()));
    }

    /**
     * How far the last requested one has come.
     *
     * @return fails with {@link NotFound} when none has been requested
     */
    public Uni<Rebuild> state(Board board) {
        return sql.run(STATE, board.id()).map(rows -> {
            if (rows.size() == 0) {
                throw new NotFound("No rebuild of the activity of board " + board.name() + " has been requested");
            }
            return rebuild(rows.iterator().next());
        });
    }

    private static Rebuild rebuild(Row row) {
        OffsetDateTime done = row.getOffsetDateTime(2);
        return new Rebuild(
                row.getLong(0), row.getOffsetDateTime(1).toInstant(), done == null ? null : done.toInstant());
    }

    @Scheduled(identity = "activity-recounts", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return log.run(
                "activity-recounts",
                Multi.createBy()
                        .repeating()
                        .uni(this::step)
                        .whilst(players -> players > 0)
                        .select()
                        .first(MAX_STEPS)
                        .collect()
                        .with(Collectors.summingLong(Long::longValue)));
    }

    /** What deleted boards have left, and old changes. */
    @Scheduled(
            identity = "activity-over",
            every = "1m",
            delayed = "40s",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return log.run(
                "activity-over",
                sql.runForJob(OVER, CHUNK).map(rows -> rows.iterator().next().getLong(0)));
    }

    private Uni<Long> step() {
        return sql.runForJob(REVEALED)
                .chain(revealed -> revealed.size() > 0
                        ? release(revealed.iterator().next().getInteger(0))
                        : sql.runForJob(REQUESTED)
                                .chain(requested -> requested.size() > 0
                                        ? rebuild(requested.iterator().next().getInteger(0))
                                        : Uni.createFrom().item(0L)));
    }

    private Uni<Long> release(int board) {
        return sql.inTransaction(transaction -> transaction
                .run(HOLD, board)
                .chain(() -> transaction.run(RELEASE, board, (long) STEP))
                .map(ActivityRecounts::players)
                .call(players -> recount(transaction, board, players))
                .map(players -> (long) players.length));
    }

    private Uni<Long> rebuild(int board) {
        return sql.inTransaction(transaction -> transaction
                .run(HOLD, board)
                .chain(() -> transaction.run(NEXT, board, (long) STEP))
                .map(ActivityRecounts::players)
                .call(players -> recount(transaction, board, players))
                .call(players -> transaction.run(
                        DONE,
                        board,
                        players.length == 0 ? null : players[players.length - 1],
                        (long) players.length,
                        (long) STEP))
                .map(players -> (long) players.length));
    }

    private static String[] players(RowSet<Row> rows) {
        List<String> players = new ArrayList<>(rows.size());
        rows.forEach(row -> players.add(row.getString(0)));
        return players.toArray(String[]::new);
    }

    private static Uni<Void> recount(Statements transaction, int board, String[] players) {
        return transaction.run(RECOUNT, board, players).replaceWithVoid();
    }

    /**
     * A rebuild of a board's figures.
     *
     * @param players who have been counted again
     * @param doneAt null while it is under way
     */
    public record Rebuild(long players, Instant requestedAt, Instant doneAt) {}
}
