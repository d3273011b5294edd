package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** The windows of boards that Redis may hold. */
@ApplicationScoped
public class LiveWindows {
    private static final String NOT_CLOSED = """
            SELECT period, window_key, window_id, start_at, end_at, state FROM board_window
            WHERE board_id = $1 AND state <> 'CLOSED' ORDER BY end_at DESC NULLS FIRST""";

    private final Sql sql;
    private final RollingWindows rolling;

    LiveWindows(Sql sql, RollingWindows rolling) {
        this.sql = sql;
        this.rolling = rolling;
    }

    /** The windows of a board that are not archived yet, longest first, and the rolling ones. */
    public Uni<List<WindowRef>> of(Board board) {
        return sql.run(NOT_CLOSED, board.id()).map(rows -> {
            List<WindowRef> found = new ArrayList<>(rows.size());
            rows.forEach(row -> found.add(WindowRows.reference(board, row)));
            found.addAll(rolling.inUse(board));
            return found;
        });
    }

    /** The rolling windows of a board. */
    public List<WindowRef> rolling(Board board) {
        return rolling.inUse(board);
    }
}
