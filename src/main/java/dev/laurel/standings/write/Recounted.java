package dev.laurel.standings.write;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.ArrayList;
import java.util.List;

/**
 * A window in which a player has been counted again.
 *
 * @param stale the number under which it has been recorded as stale, negative when it was stale before; null for a window
 *     that Redis does not hold
 */
record Recounted(WindowRef window, Long stale) {
    /** In the place of a period: the row has another purpose. */
    private static final short NO_WINDOW = 0;

    static List<Recounted> of(Board board, RowSet<Row> rows) {
        List<Recounted> all = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getShort(0) == NO_WINDOW) {
                continue;
            }
            WindowRef window = row.getString(2) == null
                    ? RollingWindows.of(board, Period.ofCode(row.getShort(0)), row.getLong(1))
                    : WindowRows.reference(board, row);
            all.add(new Recounted(window, row.getLong(6)));
        }
        return all;
    }
}
