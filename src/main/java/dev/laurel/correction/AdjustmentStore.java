package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.PlayerIds;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The records of adjustments. */
@ApplicationScoped
public class AdjustmentStore {
    private static final String CREATE = """
            WITH one AS (
                INSERT INTO adjustment
                    (board_id, player_id, scores, reason, author, created_at, windows, idempotency_key, periods)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING *),
            logged AS (
                INSERT INTO admin_log (at, action, board_id, player_id, author, reason)
                SELECT created_at, 'ADJUST', board_id, player_id, author, reason FROM one)
            SELECT id FROM one""";

    /**
     * Until it is known to have been applied, a commit may still arrive: the values recorded before that are not
     * overwritten.
     */
    private static final String RENEW = """
            UPDATE adjustment a SET windows = $3 WHERE a.id = $2 AND a.applied_at IS NULL
            AND NOT EXISTS (SELECT FROM event_key k WHERE k.board_id = $1 AND k.event_id = $4)""";

    /** Adjustments of a board that were never confirmed as applied: their events tell. */
    private static final String SETTLE = """
            UPDATE adjustment a SET applied_at = k.received_at FROM event_key k
            WHERE a.board_id = $1 AND a.applied_at IS NULL
              AND k.board_id = a.board_id AND k.event_id = '#adjust-' || a.id""";

    private static final String APPLIED = "UPDATE adjustment SET applied_at = $2 WHERE id = $1 AND applied_at IS NULL";

    private static final String COLUMNS = """
            SELECT id, player_id, scores, periods, reason, author, created_at, windows, applied_at, undone_at, undone_by
            FROM adjustment WHERE board_id = $1""";

    private static final String ONE = COLUMNS + " AND id = $2";
    private static final String BY_KEY = COLUMNS + " AND idempotency_key = $2";
    private static final String LIST =
            COLUMNS + " AND ($2::text IS NULL OR player_id = $2) ORDER BY id DESC OFFSET $3 LIMIT $4";
    private static final String COUNT =
            "SELECT count(*) FROM adjustment WHERE board_id = $1 AND ($2::text IS NULL OR player_id = $2)";

    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;

    AdjustmentStore(Sql sql, Pulse pulse, Clock clock) {
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
    }

    /** Records an adjustment that is about to be applied; null when there is another one under its key. */
    Uni<Adjustment> create(Board board, AdjustmentOrder order, List<TouchedWindow> touched, Instant now) {
        Decision decision = order.decision();
        return sql.run(
                        CREATE,
                        board.id(),
                        order.playerId(),
                        order.scores().toArray(Long[]::new),
                        decision.reason(),
                        decision.author(),
                        now.atOffset(ZoneOffset.UTC),
                        TouchedWindow.encode(touched),
                        order.key(),
                        order.periodNames())
                .onItem()
                .transformToUni(rows -> rows.size() == 0
                        ? Uni.createFrom().nullItem()
                        : get(board, rows.iterator().next().getLong(0)));
    }

    /** Records the player's standings before an adjustment, unless it has been applied. */
    Uni<Void> renew(Board board, Adjustment adjustment, List<TouchedWindow> touched) {
        return sql.run(RENEW, board.id(), adjustment.id(), TouchedWindow.encode(touched), adjustment.eventId())
                .replaceWithVoid();
    }

    Uni<Void> applied(long id) {
        return sql.run(APPLIED, id, now()).replaceWithVoid();
    }

    /** The adjustment with the given number; fails with {@link NotFound} when there is none. */
    Uni<Adjustment> get(Board board, long id) {
        return one(board, ONE, id)
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("Board " + board.name() + " has no adjustment " + id));
    }

    /** The adjustment that was sent under a key; null when there is none. */
    Uni<Adjustment> find(Board board, String key) {
        return one(board, BY_KEY, key);
    }

    private Uni<Adjustment> one(Board board, String select, Object argument) {
        return settle(board)
                .chain(() -> sql.run(select, board.id(), argument))
                .map(rows -> rows.size() == 0
                        ? null
                        : adjustment(board, rows.iterator().next()));
    }

    /**
     * The adjustments on a board, newest first.
     *
     * @param playerId null for all players
     */
    public Uni<PageResult<Adjustment>> list(Board board, String playerId, PageRequest page) {
        if (playerId != null) {
            PlayerIds.require("player", playerId);
        }
        return pulse.whileAlive(page(board, playerId, page));
    }

    private Uni<PageResult<Adjustment>> page(Board board, String playerId, PageRequest page) {
        return settle(board)
                .chain(() -> sql.run(COUNT, board.id(), playerId))
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(LIST, board.id(), playerId, page.offset(), (long) page.limit())
                        .map(rows -> {
                            List<Adjustment> found = new ArrayList<>(rows.size());
                            rows.forEach(row -> found.add(adjustment(board, row)));
                            return new PageResult<>(found, total);
                        }));
    }

    private Uni<Void> settle(Board board) {
        return sql.run(SETTLE, board.id()).replaceWithVoid();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Adjustment adjustment(Board board, Row row) {
        return new Adjustment(
                row.getLong(0),
                row.getString(1),
                Arrays.asList(row.getArrayOfLongs(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                instant(row.getOffsetDateTime(6)),
                TouchedWindow.decode(board, row.getString(7)),
                instant(row.getOffsetDateTime(8)),
                instant(row.getOffsetDateTime(9)),
                row.getString(10));
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
