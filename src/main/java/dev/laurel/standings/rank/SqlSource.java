package dev.laurel.standings.rank;

import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/** A source in PostgreSQL, whose standings can be joined with other tables. */
public interface SqlSource {
    /**
     * Runs a statement over all ranked standings of a window.
     *
     * @param statement common table expressions, beginning with a comma. They may use {@code live (player_id, sort, tie,
     *     at)}: the players, their sort keys, the number that grows along a tie, and the instant in milliseconds. The last
     *     of them is named {@code answer}, and its first column is its order. Its own parameters are {@code {1}},
     *     {@code {2}}…
     * @return the rows of the answer; column 0 is internal, and where there is no answer column 1 of a single row may be
     *     null
     */
    Uni<RowSet<Row>> over(WindowRef window, String statement, Object... own);

    /**
     * A statement with its own parameters numbered.
     *
     * @param before number of parameters that come first
     */
    static String numbered(String statement, int before, int own) {
        String numbered = statement;
        for (int i = 1; i <= own; i++) {
            numbered = numbered.replace("{" + i + "}", "$" + (before + i));
        }
        return numbered;
    }
}
