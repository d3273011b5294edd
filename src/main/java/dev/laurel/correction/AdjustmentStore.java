package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.WindowRef;
import dev.laurel.standings.WindowState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What is kept of adjustments. */
@ApplicationScoped
public class AdjustmentStore {
    private static final String CREATE = """
            WITH one AS (
                INSERT INTO adjustment (board_id, player_id, scores, reason, author, created_at, windows)
                VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id),
            logged AS (
                INSERT INTO admin_log (at, action, board_id, player_id, author, reason)
                VALUES ($6, 'ADJUST', $1, $2, $5, $4))
            SELECT id FROM one""";

    private static final String APPLIED = "UPDATE adjustment SET applied_at = $2 WHERE id = $1";

    private static final String UNDONE = """
            WITH one AS (
                UPDATE adjustment SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL
                RETURNING board_id, player_id)
            INSERT INTO admin_log (at, action, board_id, player_id, author, reason)
            SELECT $2, 'UNDO', board_id, player_id, $3, $4 FROM one RETURNING id""";

    private static final String NEWER = """
            SELECT max(id) FROM adjustment
            WHERE board_id = $1 AND player_id = $2 AND id > $3 AND applied_at IS NOT NULL AND undone_at IS NULL""";

    private static final String NOT_UNDONE = "UPDATE adjustment SET undone_at = NULL, undone_by = NULL WHERE id = $1";

    private static final String COLUMNS = """
            SELECT id, player_id, scores, reason, author, created_at, windows, applied_at, undone_at, undone_by
            FROM adjustment WHERE board_id = $1 AND ($2::text IS NULL OR player_id = $2)""";

    private static final String ONE = COLUMNS + " AND id = $3";
    private static final String LIST = COLUMNS + " ORDER BY id DESC OFFSET $3 LIMIT $4";
    private static final String COUNT =
            "SELECT count(*) FROM adjustment WHERE board_id = $1 AND ($2::text IS NULL OR player_id = $2)";

    private final Sql sql;
    private final Clock clock;

    AdjustmentStore(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Keeps an adjustment that is about to be applied; answers its number. */
    Uni<Long> create(Board board, String playerId, List<Long> scores, List<TouchedWindow> touched, Decision decision) {
        return sql.run(
                        CREATE,
                        board.id(),
                        playerId,
                        scores.toArray(Long[]::new),
                        decision.reason(),
                        decision.author(),
                        now(),
                        encode(touched))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Void> applied(long id) {
        return sql.run(APPLIED, id, now()).replaceWithVoid();
    }

    /** Marks an adjustment as undone; fails with {@link Conflict} when somebody else has. */
    Uni<Void> undone(Board board, Adjustment adjustment, Decision decision) {
        return sql.run(UNDONE, adjustment.id(), now(), decision.author(), decision.reason())
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw new Conflict(
                                "Adjustment " + adjustment.id() + " of board " + board.name() + " has been undone");
                    }
                })
                .replaceWithVoid();
    }

    /** Fails with {@link Conflict} when the player has a newer adjustment that stands: that one has to be undone first. */
    Uni<Void> requireLast(Board board, Adjustment adjustment) {
        return sql.run(NEWER, board.id(), adjustment.playerId(), adjustment.id())
                .invoke(rows -> {
                    Long newer = rows.iterator().next().getLong(0);
                    if (newer != null) {
                        throw new Conflict("Adjustment " + newer + " of the same player has to be undone first");
                    }
                })
                .replaceWithVoid();
    }

    Uni<Void> notUndone(long id) {
        return sql.run(NOT_UNDONE, id).replaceWithVoid();
    }

    Uni<Adjustment> get(Board board, long id) {
        return sql.run(ONE, board.id(), null, id).map(rows -> {
            if (rows.size() == 0) {
                throw new NotFound("Board " + board.name() + " has no adjustment " + id);
            }
            return adjustment(board, rows.iterator().next());
        });
    }

    /**
     * The adjustments on a board, the newest first.
     *
     * @param playerId null for those of all players
     */
    public Uni<PageResult<Adjustment>> list(Board board, String playerId, PageRequest page) {
        return sql.run(COUNT, board.id(), playerId)
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(LIST, board.id(), playerId, page.offset(), (long) page.limit())
                        .map(rows -> {
                            List<Adjustment> found = new ArrayList<>(rows.size());
                            rows.forEach(row -> found.add(adjustment(board, row)));
                            return new PageResult<>(found, total);
                        }));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Adjustment adjustment(Board board, Row row) {
        return new Adjustment(
                row.getLong(0),
                row.getString(1),
                List.of(row.getArrayOfLongs(2)),
                row.getString(3),
                row.getString(4),
                instant(row.getOffsetDateTime(5)),
                decode(board, row.getString(6)),
                instant(row.getOffsetDateTime(7)),
                instant(row.getOffsetDateTime(8)),
                row.getString(9));
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static String encode(List<TouchedWindow> touched) {
        JsonArray list = new JsonArray();
        touched.forEach(one -> list.add(new JsonObject()
                .put("period", one.period().code())
                .put("key", one.key())
                .put("window", one.windowId())
                .put("before", one.before() == null ? null : new JsonArray(one.before()))));
        return list.encode();
    }

    private static List<TouchedWindow> decode(Board board, String json) {
        JsonArray list = new JsonArray(json);
        List<TouchedWindow> touched = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            JsonObject one = list.getJsonObject(i);
            Window window = new Window(Period.ofCode(one.getInteger("period")), one.getString("window"), null, null);
            WindowRef ref = new WindowRef(board, window, one.getLong("key"), window.id(), WindowState.OPEN, true);
            touched.add(new TouchedWindow(ref, longs(one.getJsonArray("before"))));
        }
        return touched;
    }

    private static List<Long> longs(JsonArray list) {
        if (list == null) {
            return null;
        }
        List<Long> longs = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            longs.add(list.getLong(i));
        }
        return longs;
    }

    /**
     * A correction of a player's scores.
     *
     * @param scores in units, for each metric: what was added, or put in place of the standing
     * @param appliedAt null when it is not known to have been applied
     * @param undoneAt null unless it has been undone
     */
    public record Adjustment(
            long id,
            String playerId,
            List<Long> scores,
            String reason,
            String author,
            Instant createdAt,
            List<TouchedWindow> windows,
            Instant appliedAt,
            Instant undoneAt,
            String undoneBy) {}

    /**
     * A window that an adjustment went to.
     *
     * @param before the player's score and instant before it for each metric, one after the other; null without a standing
     */
    public record TouchedWindow(WindowRef window, List<Long> before) {
        public Period period() {
            return window.period();
        }

        public String windowId() {
            return window.id();
        }

        long key() {
            return window.key();
        }
    }
}
