package dev.laurel.archive;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Period;
import dev.laurel.standings.freeze.FreezeSnapshot;
import dev.laurel.standings.freeze.FreezeSnapshots;
import dev.laurel.standings.rank.Ranks;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** A player's results in the closed windows of a board. */
@ApplicationScoped
public class PlayerHistory {
    /** Nothing of a player who takes no rank anywhere. */
    private static final String SHOWN = """
             AND NOT EXISTS (SELECT FROM unranked_player o
                             WHERE o.player_id = f.player_id AND o.tenant_id = f.tenant_id)
            """;

    /** Players with the same score are adjacent, so the place of the next worse one tells their number. */
    private static final String LIST = """
            SELECT w.window_id, w.start_at, w.end_at, w.closed_at, w.players, f.rank, f.score, f.reached_at, f.better,
                coalesce((SELECT n.position - 1 FROM final_standing n
                          WHERE n.board_id = f.board_id AND n.period = f.period AND n.window_key = f.window_key
                            AND n.metric = f.metric AND n.position > f.position AND n.better > f.better
                          ORDER BY n.position LIMIT 1), w.players) - f.better AS equal
            FROM final_standing f
            JOIN board_window w ON w.board_id = f.board_id AND w.period = f.period AND w.window_key = f.window_key
            WHERE f.board_id = $1 AND f.player_id = $2 AND f.period = $3 AND f.metric = $4 AND w.state = 'CLOSED'
            """ + SHOWN + """
              AND ($7 = 0 OR coalesce(w.closing_no, 0) <= $8)
            ORDER BY f.window_key DESC OFFSET $5 LIMIT $6""";

    private static final String COUNT = """
            SELECT count(*) FROM final_standing f
            WHERE f.board_id = $1 AND f.player_id = $2 AND f.period = $3 AND f.metric = $4""" + SHOWN;

    /** For a frozen board: the windows closed by the freeze. */
    private static final String COUNT_FROZEN = """
            SELECT count(*) FROM final_standing f
            JOIN board_window w ON w.board_id = f.board_id AND w.period = f.period AND w.window_key = f.window_key
            WHERE f.board_id = $1 AND f.player_id = $2 AND f.period = $3 AND f.metric = $4
              AND coalesce(w.closing_no, 0) <= $5""" + SHOWN;

    private final Sql sql;
    private final Pulse pulse;
    private final FreezeSnapshots snapshots;

    PlayerHistory(Sql sql, Pulse pulse, FreezeSnapshots snapshots) {
        this.sql = sql;
        this.pulse = pulse;
        this.snapshots = snapshots;
    }

    /**
     * A player's final ranks, newest window first; empty when there are none. While the board is frozen, only windows
     * closed by the freeze.
     *
     * @param metric number of the metric
     */
    public Uni<PageResult<FinalRank>> of(Board board, String playerId, Period period, int metric, PageRequest page) {
        return pulse.whileAlive(
                snapshots.of(board).chain(snapshot -> of(board, playerId, period, metric, page, snapshot)));
    }

    private Uni<PageResult<FinalRank>> of(
            Board board, String playerId, Period period, int metric, PageRequest page, FreezeSnapshot seen) {
        return count(board, playerId, period, metric, seen).chain(total -> sql.run(
                        LIST,
                        board.id(),
                        playerId,
                        period.code(),
                        (short) metric,
                        page.offset(),
                        (long) page.limit(),
                        seen.number(),
                        seen.closings())
                .map(rows -> {
                    List<FinalRank> items = new ArrayList<>(rows.size());
                    rows.forEach(row -> items.add(finalRank(row)));
                    return new PageResult<>(items, total);
                }));
    }

    private Uni<Long> count(Board board, String playerId, Period period, int metric, FreezeSnapshot seen) {
        Uni<RowSet<Row>> counted = seen == FreezeSnapshot.NONE
                ? sql.run(COUNT, board.id(), playerId, period.code(), (short) metric)
                : sql.run(COUNT_FROZEN, board.id(), playerId, period.code(), (short) metric, seen.closings());
        return counted.map(rows -> rows.iterator().next().getLong(0));
    }

    private static FinalRank finalRank(Row row) {
        return new FinalRank(
                row.getString(0),
                instant(row.getOffsetDateTime(1)),
                instant(row.getOffsetDateTime(2)),
                instant(row.getOffsetDateTime(3)),
                row.getLong(5),
                row.getLong(6),
                Instant.ofEpochMilli(row.getLong(7)),
                Ranks.percentile(row.getLong(4), row.getLong(8), row.getLong(9)),
                row.getLong(4));
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /**
     * A player's final place.
     *
     * @param score in units of the board's smallest decimal
     * @param percentile in [0, 100]
     * @param total players in the window
     */
    public record FinalRank(
            String windowId,
            Instant start,
            Instant end,
            Instant closedAt,
            long rank,
            long score,
            Instant reachedAt,
            double percentile,
            long total) {}
}
