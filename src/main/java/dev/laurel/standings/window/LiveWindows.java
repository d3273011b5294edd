package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** The windows of boards that Redis may hold. */
@ApplicationScoped
public class LiveWindows {
    private static final String NOT_CLOSED = """
            SELECT period, window_key, window_id, start_at, end_at, state FROM board_window
            WHERE board_id = $1 AND state <> 'CLOSED' ORDER BY end_at DESC NULLS FIRST""";

    private static final String OF_PLAYER = """
            SELECT w.period, w.window_key, w.window_id, w.start_at, w.end_at, w.state FROM board_window w
            WHERE w.board_id = $1 AND w.state <> 'CLOSED'
              AND (EXISTS (SELECT FROM standing s WHERE s.board_id = $1 AND s.player_id = $2
                           AND w.window_key = CASE w.period WHEN 1 THEN s.d_window WHEN 2 THEN s.w_window
                               WHEN 3 THEN s.m_window WHEN 4 THEN s.y_window WHEN 5 THEN s.a_window
                               ELSE s.s_window END)
                   OR EXISTS (SELECT FROM window_standing p WHERE p.board_id = $1 AND p.player_id = $2
                              AND p.period = w.period AND p.window_key = w.window_key))""";

    private final Sql sql;
    private final RollingWindows rolling;

    LiveWindows(Sql sql, RollingWindows rolling) {
        this.sql = sql;
        this.rolling = rolling;
    }

    /** The windows of a board that are not archived yet, longest first, and the rolling ones. */
    public Uni<List<WindowRef>> of(Board board) {
        return sql.run(NOT_CLOSED, board.id()).map(rows -> withRolling(board, rows));
    }

    /** Those of them in which a player has a standing, whether or not the player takes a rank, and the rolling ones. */
    public Uni<List<WindowRef>> of(Board board, String playerId) {
        return sql.run(OF_PLAYER, board.id(), playerId).map(rows -> withRolling(board, rows));
    }

    private List<WindowRef> withRolling(Board board, RowSet<Row> rows) {
        List<WindowRef> found = new ArrayList<>(rows.size());
        rows.forEach(row -> found.add(WindowRows.reference(board, row)));
        found.addAll(rolling.inUse(board));
        return found;
    }

    /** The rolling windows of a board. */
    public List<WindowRef> rolling(Board board) {
        return rolling.inUse(board);
    }
}
