package dev.laurel.analytics.rollup;

import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads what players have done, for a set of players in one statement. For other rooms, whose followers read in their own
 * transaction; of a frozen board everybody sees what its public sees.
 *
 * <p>Every method takes the statements to read with: of a transaction, or {@code sql::run}.
 */
@ApplicationScoped
public class ActivityFigures {
    /** Name of the follower that counts them: those whose followers read them come after it. */
    public static final String FOLLOWER = "activity";

    private static final String TOTALS = """
            SELECT player_id, events, days, sum, attempts, completed, partial, duration_ms, first_day, last_day
            FROM activity_player WHERE board_id = $1 AND player_id = ANY($2)""";

    private static final String BETWEEN = """
            SELECT player_id, sum(events)::bigint, count(*) FILTER (WHERE events > 0), bounded(sum(sum)),
                sum(attempts)::bigint, sum(completed)::bigint, sum(partial)::bigint, sum(duration_ms)::bigint,
                min(day) FILTER (WHERE events > 0), max(day) FILTER (WHERE events > 0)
            FROM activity_day WHERE board_id = $1 AND player_id = ANY($2) AND day BETWEEN $3 AND $4 GROUP BY player_id""";

    /** Days in a row differ from their numbers by the same date. */
    private static final String STREAKS = """
            SELECT s.player_id, coalesce(max(s.length) FILTER (WHERE s.last >= $3::date - 1), 0), max(s.length), max(s.last)
            FROM (SELECT r.player_id, count(*) AS length, max(r.day) AS last
                  FROM (SELECT d.player_id, d.day,
                            d.day - (row_number() OVER (PARTITION BY d.player_id ORDER BY d.day))::integer AS island
                        FROM activity_day d WHERE d.board_id = $1 AND d.player_id = ANY($2) AND d.events > 0) r
                  GROUP BY r.player_id, r.island) s
            GROUP BY s.player_id""";

    private static final String BY_TAG = """
            SELECT player_id, tag, sum(attempts)::bigint, sum(completed)::bigint, sum(partial)::bigint,
                sum(duration_ms)::bigint
            FROM activity_day_tag WHERE board_id = $1 AND player_id = ANY($2) AND tag = ANY($3) GROUP BY player_id, tag""";

    /** What players have done on a board; those who have done nothing are left out. */
    public Uni<Map<String, PlayerTotals>> totals(Statements statements, int board, Collection<String> players) {
        return statements
                .run(TOTALS, board, players.toArray(String[]::new))
                .map(rows -> byPlayer(rows, ActivityFigures::totals));
    }

    /** As {@link #totals}, on the days of a range, both ends inclusive. */
    public Uni<Map<String, PlayerTotals>> between(
            Statements statements, int board, Collection<String> players, DayRange days) {
        return statements
                .run(BETWEEN, board, players.toArray(String[]::new), days.from(), days.to())
                .map(rows -> byPlayer(rows, ActivityFigures::totals));
    }

    private static PlayerTotals totals(Row row) {
        return new PlayerTotals(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                Outcomes.of(row, 4),
                row.getLocalDate(8),
                row.getLocalDate(9));
    }

    /**
     * The streaks of players on a board; those without an event are left out.
     *
     * @param today in the board's zone
     */
    public Uni<Map<String, Streak>> streaks(
            Statements statements, int board, Collection<String> players, LocalDate today) {
        return statements
                .run(STREAKS, board, players.toArray(String[]::new), today)
                .map(rows -> byPlayer(rows, row -> new Streak(row.getLong(1), row.getLong(2), row.getLocalDate(3))));
    }

    /** How the attempts of players ended, by tag; what nobody has tried is left out. */
    public Uni<Map<String, Map<String, Outcomes>>> outcomes(
            Statements statements, int board, Collection<String> players, Collection<String> tags) {
        return statements
                .run(BY_TAG, board, players.toArray(String[]::new), tags.toArray(String[]::new))
                .map(rows -> {
                    Map<String, Map<String, Outcomes>> found = new HashMap<>();
                    for (Row row : rows) {
                        found.computeIfAbsent(row.getString(0), absent -> new HashMap<>())
                                .put(row.getString(1), Outcomes.of(row, 2));
                    }
                    return found;
                });
    }

    private static <T> Map<String, T> byPlayer(RowSet<Row> rows, Function<Row, T> value) {
        Map<String, T> found = new HashMap<>();
        rows.forEach(row -> found.put(row.getString(0), value.apply(row)));
        return found;
    }
}
