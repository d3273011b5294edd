package dev.laurel.standings.rank;

import dev.laurel.board.SortOrder;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A source in PostgreSQL, whose standings can be joined with other tables. */
public interface SqlSource extends RankingSource {
    /** {1} players. */
    String STANDINGS = """
            , answer AS (SELECT row_number() OVER () AS n, player_id, sort, at
                         FROM live WHERE player_id = ANY ({1}::text[]))""";

    /**
     * Runs a statement over all ranked standings of a window.
     *
     * @param statement common table expressions, beginning with a comma. They may use {@code live (player_id, sort, tie,
     *     at)} once: the players, their sort keys, the number that grows along a tie, and the instant in milliseconds.
     *     The last of them is named {@code answer}, and its first column is its order. Its own parameters are
     *     {@code {1}}, {@code {2}}…
     * @return the rows of the answer; column 0 is internal, and where there is no answer column 1 of a single row may be
     *     null
     */
    Uni<RowSet<Row>> over(RankingRef ranking, String statement, Object... own);

    /**
     * Runs a statement over the standings of a window by several metrics; by which one the ranking is does not matter.
     *
     * @return the rows of the answer, as {@link #over} does
     */
    Uni<RowSet<Row>> joined(RankingRef ranking, MetricJoin join, Object... own);

    /** Reads the rows of the players alone, where places would take all of them. */
    @Override
    default Uni<List<Standing>> standings(RankingRef ranking, List<String> playerIds) {
        return over(ranking, STANDINGS, (Object) playerIds.toArray(String[]::new))
                .map(rows -> standings(ranking.board().definition().order(), rows));
    }

    /** Reads the rows of {@link #STANDINGS}. */
    static List<Standing> standings(SortOrder order, RowSet<Row> rows) {
        List<Standing> standings = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getLong(1) != null) {
                standings.add(new Standing(row.getString(2), order.score(row.getLong(3)), row.getLong(4)));
            }
        }
        return standings;
    }

    /**
     * A statement with its own parameters numbered.
     *
     * @param before number of parameters that come first
     * @param own number of its own
     */
    static String numbered(String statement, int before, int own) {
        String numbered = statement;
        for (int i = 1; i <= own; i++) {
            numbered = numbered.replace("{" + i + "}", "$" + (before + i));
        }
        return numbered;
    }

    /**
     * A statement over the standings of a window by several metrics at once.
     *
     * @param metrics numbers of the metrics whose standings it uses, as {@code by0 (player_id, sort, tie, at)}, {@code by1} and
     *     so on: the ranked players, their sort keys, the number that grows along a tie, and the instant in milliseconds. A
     *     player without a value has no row
     * @param placed those of which it also uses {@code placed0 (player_id, sort, tie, at, rank, percentile)} and so on, with
     *     percentiles in hundredths; they cost a sort of all players
     * @param chosen whether the statement reads nobody but the players in its first own parameter
     * @param statement common table expressions, beginning with a comma, as {@link SqlSource#over} takes them
     */
    record MetricJoin(SortedSet<Integer> metrics, SortedSet<Integer> placed, boolean chosen, String statement) {
        public MetricJoin {
            metrics = new TreeSet<>(metrics);
            metrics.addAll(placed);
            placed = new TreeSet<>(placed);
        }
    }
}
