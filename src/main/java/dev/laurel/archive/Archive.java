package dev.laurel.archive;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Period;
import dev.laurel.standings.freeze.FreezeSnapshot;
import dev.laurel.standings.freeze.FreezeSnapshots;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The windows of a board, past and present, and the means to close one early. */
@ApplicationScoped
public class Archive {
    /**
     * $3 is the freeze, 0 for none, $4 its last closing: a frozen board shows only what was open then or had been
     * closed.
     */
    private static final String SHOWN =
            " AND ($3 = 0 OR p.window_key IS NOT NULL OR w.state = 'CLOSED' AND coalesce(w.closing_no, 0) <= $4) ";

    private static final String LIST = """
            SELECT w.window_id, w.start_at, w.end_at, w.state, w.closed_by, w.closed_at, w.players,
                (SELECT json_agg(json_build_object('rank', f.rank, 'playerId', f.player_id, 'score', f.score)
                                 ORDER BY f.position)
                 FROM final_standing f
                 WHERE f.board_id = w.board_id AND f.period = w.period AND f.window_key = w.window_key
                   AND f.metric = 0 AND f.position <= 3
                   AND NOT EXISTS (SELECT FROM unranked_player o
                                   WHERE o.player_id = f.player_id AND o.tenant_id = f.tenant_id)) AS winners,
                count(*) OVER () AS total, p.window_id
            FROM board_window w LEFT JOIN frozen_window p
              ON p.board_id = w.board_id AND p.freeze_no = $3 AND p.period = w.period AND p.window_key = w.window_key
            WHERE w.board_id = $1 AND w.period = $2""" + SHOWN + """
            ORDER BY w.window_key DESC OFFSET $5 LIMIT $6""";

    private static final String CLOSED_SINCE = """
            SELECT w.window_id, w.start_at, w.end_at, w.state, w.closed_by, w.closed_at, w.players,
                (SELECT json_agg(json_build_object('rank', f.rank, 'playerId', f.player_id, 'score', f.score)
                                 ORDER BY f.position)
                 FROM final_standing f
                 WHERE f.board_id = w.board_id AND f.period = w.period AND f.window_key = w.window_key
                   AND f.metric = 0 AND f.position <= 3
                   AND NOT EXISTS (SELECT FROM unranked_player o
                                   WHERE o.player_id = f.player_id AND o.tenant_id = f.tenant_id)) AS winners,
                w.closing_no, w.period
            FROM board_window w WHERE w.board_id = $1 AND w.closing_no > $2 AND w.closing_no <= $4
            ORDER BY w.closing_no LIMIT $3""";

    private static final String COUNT = """
            SELECT count(*) FROM board_window w LEFT JOIN frozen_window p
              ON p.board_id = w.board_id AND p.freeze_no = $3 AND p.period = w.period AND p.window_key = w.window_key
            WHERE w.board_id = $1 AND w.period = $2""" + SHOWN;

    private final Sql sql;
    private final Pulse pulse;
    private final Resets resets;
    private final FreezeSnapshots snapshots;

    Archive(Sql sql, Pulse pulse, Resets resets, FreezeSnapshots snapshots) {
        this.sql = sql;
        this.pulse = pulse;
        this.resets = resets;
        this.snapshots = snapshots;
    }

    /**
     * The windows of a period that have had events, newest first, with the top three of closed ones; for a frozen board
     * as they were at the freeze.
     */
    public Uni<PageResult<ListedWindow>> windows(Board board, Period period, PageRequest page) {
        return pulse.whileAlive(snapshots.of(board).chain(snapshot -> windows(board, period, page, snapshot)));
    }

    private Uni<PageResult<ListedWindow>> windows(Board board, Period period, PageRequest page, FreezeSnapshot seen) {
        return sql.run(LIST, board.id(), period.code(), seen.number(), seen.closings(), page.offset(), (long)
                        page.limit())
                .chain(rows -> rows.size() > 0
                        ? Uni.createFrom()
                                .item(toPage(rows, rows.iterator().next().getLong(8)))
                        : sql.run(COUNT, board.id(), period.code(), seen.number(), seen.closings())
                                .map(count ->
                                        toPage(rows, count.iterator().next().getLong(0))));
    }

    /**
     * The windows of a board closed since a given number, in the order of closing, without gaps except for windows
     * removed at the end of their retention; for a frozen board, those closed by the freeze.
     *
     * @param after number of the last known closing, 0 for all
     */
    public Uni<List<Closing>> closedSince(Board board, long after, int limit) {
        return pulse.whileAlive(snapshots.of(board).chain(seen -> sql.run(
                        CLOSED_SINCE, board.id(), after, (long) limit, seen.closings())
                .map(Archive::closings)));
    }

    private static List<Closing> closings(RowSet<Row> rows) {
        List<Closing> closings = new ArrayList<>(rows.size());
        rows.forEach(row -> closings.add(new Closing(row.getLong(8), Period.ofCode(row.getShort(9)), listed(row))));
        return closings;
    }

    /**
     * Closes the running window of a period early. Its ranking so far is archived as a generation, and the players
     * start again from nothing. A repeated request with the same key gets the original response and does nothing.
     *
     * @return fails with {@link NotFound} when the board does not keep the period; with {@link Conflict} when the
     *     named window is not running, the key has been used for another reset, or the window already has as many
     *     generations as its key can number; with {@link Unavailable} at the deadline of a request: a reset that has
     *     not begun by then is undone, one that has begun continues
     */
    public Uni<Reset> reset(Board board, ResetOrder order) {
        return resets.reset(board, order);
    }

    /** Resets the running window of a period, once. */
    public Uni<Reset> reset(Board board, Period period) {
        return resets.reset(board, ResetOrder.of(period));
    }

    private static PageResult<ListedWindow> toPage(RowSet<Row> rows, long total) {
        List<ListedWindow> items = new ArrayList<>(rows.size());
        for (Row row : rows) {
            items.add(row.getString(9) == null ? listed(row) : pictured(row));
        }
        return new PageResult<>(items, total);
    }

    /** What has become of it since is not public. */
    private static ListedWindow pictured(Row row) {
        return new ListedWindow(
                row.getString(9),
                instant(row.getOffsetDateTime(1)),
                instant(row.getOffsetDateTime(2)),
                WindowState.OPEN,
                null,
                null,
                null,
                List.of());
    }

    private static ListedWindow listed(Row row) {
        return new ListedWindow(
                row.getString(0),
                instant(row.getOffsetDateTime(1)),
                instant(row.getOffsetDateTime(2)),
                WindowState.valueOf(row.getString(3)),
                row.getString(4),
                instant(row.getOffsetDateTime(5)),
                row.getLong(6),
                winners(row.getJsonArray(7)));
    }

    private static List<Winner> winners(JsonArray found) {
        List<Winner> winners = new ArrayList<>();
        for (int i = 0; found != null && i < found.size(); i++) {
            JsonObject winner = found.getJsonObject(i);
            winners.add(new Winner(winner.getLong("rank"), winner.getString("playerId"), winner.getLong("score")));
        }
        return winners;
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /**
     * A window in a list.
     *
     * @param closedBy {@code ROLLOVER} or {@code RESET}, null while it is not closed
     * @param players ranked in it, null while it is not closed
     * @param winners the first three places, empty while it is not closed
     */
    public record ListedWindow(
            String id,
            Instant start,
            Instant end,
            WindowState state,
            String closedBy,
            Instant closedAt,
            Long players,
            List<Winner> winners) {}

    /**
     * A window that has been closed.
     *
     * @param number of this closing on its board, from 1
     */
    public record Closing(long number, Period period, ListedWindow window) {}

    /** One of the top three of a closed window; the score in units. */
    public record Winner(long rank, String playerId, long score) {}

    /**
     * The result of a reset.
     *
     * @param windowId the generation under which the archived ranking can be read
     */
    public record Reset(String windowId, long players) {}
}
