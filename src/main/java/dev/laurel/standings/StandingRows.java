package dev.laurel.standings;

import dev.laurel.board.SortOrder;
import dev.laurel.board.TieBreak;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.List;

/** Rows of player, score, instant and version, as the scripts that take many standings at once want them. */
final class StandingRows {
    private StandingRows() {}

    /** Adds player, version, sort key and tie key of each row. */
    static void addTo(List<String> arguments, WindowRef window, RowSet<Row> rows) {
        SortOrder order = window.board().definition().order();
        TieBreak tieBreak = window.board().definition().tieBreak();
        for (Row row : rows) {
            arguments.add(row.getString(0));
            arguments.add(Long.toString(row.getLong(3)));
            arguments.add(Long.toString(order.sortKey(row.getLong(1))));
            arguments.add(TieKey.of(tieBreak, row.getLong(2)));
        }
    }
}
