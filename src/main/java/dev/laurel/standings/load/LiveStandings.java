package dev.laurel.standings.load;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.postgres.Slot;
import dev.laurel.standings.postgres.TakesRank;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * The standings of windows that are not closed, as PostgreSQL has them: rows of player, score, instant and version,
 * without players who take no rank. A player's row is either in {@code standing} or in {@code window_standing}, never in
 * both, and one statement sees one moment.
 */
@ApplicationScoped
public class LiveStandings {
    private static final String OF_STANDING = " AND " + TakesRank.in("s.player_id", "$3", "$2") + "\n";
    private static final String OF_PAST = " AND " + TakesRank.in("w.player_id", "$3", "$2") + "\n";

    private static final String ALL = """
            SELECT l.* FROM (
                SELECT s.player_id, %2$s AS score, %3$s AS at, s.version FROM standing s%8$s
                WHERE s.board_id = $1 AND s.%1$s = $2%6$s
            """ + OF_STANDING + """
                UNION ALL
                SELECT w.player_id, %4$s, %5$s, s.version FROM window_standing w
                JOIN standing s ON s.board_id = w.board_id AND s.player_id = w.player_id%9$s
                WHERE w.board_id = $1 AND w.period = $3 AND w.window_key = $2%7$s
            """ + OF_PAST + """
            ) l ORDER BY l.score, l.at""";

    private static final String BARRED = """
            SELECT player_id FROM disqualification WHERE board_id = $1 AND period = $3 AND window_key = $2
            UNION
            SELECT o.player_id FROM unranked_player o JOIN standing s ON s.board_id = $1 AND s.player_id = o.player_id
            WHERE o.tenant_id = s.tenant_id""";

    private static final String PAGE = """
            (SELECT s.player_id, %2$s, %3$s, s.version FROM standing s%8$s
             WHERE s.board_id = $1 AND s.%1$s = $2 AND s.player_id > $4%6$s
            """ + OF_STANDING + """
             ORDER BY s.player_id LIMIT $5)
            UNION ALL
            (SELECT w.player_id, %4$s, %5$s, s.version FROM window_standing w
             JOIN standing s ON s.board_id = w.board_id AND s.player_id = w.player_id%9$s
             WHERE w.board_id = $1 AND w.period = $3 AND w.window_key = $2 AND w.player_id > $4%7$s
            """ + OF_PAST + """
             ORDER BY w.player_id LIMIT $5)
            ORDER BY 1 LIMIT $5""";

    private static final String CHOSEN = """
            SELECT s.player_id, %2$s, %3$s, s.version FROM standing s%8$s
            WHERE s.board_id = $1 AND s.%1$s = $2 AND s.player_id = ANY ($4::text[])%6$s
            """ + OF_STANDING + """
            UNION ALL
            SELECT w.player_id, %4$s, %5$s, s.version FROM window_standing w
            JOIN standing s ON s.board_id = w.board_id AND s.player_id = w.player_id%9$s
            WHERE w.board_id = $1 AND w.period = $3 AND w.window_key = $2 AND w.player_id = ANY ($4::text[])%7$s
            """ + OF_PAST;

    private static final String VERSIONS =
            "SELECT player_id, version FROM standing WHERE board_id = $1 AND player_id = ANY ($2::text[])";

    /** $3 is the key after the last day of a rolling window. */
    private static final String ROLLING_ALL = """
            SELECT r.* FROM rolling_standings($1, $2, $3, %1$d::smallint) r ORDER BY r.score, r.reached_at""";

    private static final String ROLLING_PAGE = """
            SELECT r.* FROM rolling_standings($1, $2, $3, %1$d::smallint,
                ARRAY(SELECT rolling_players($1, $2, $3, $4, $5))) r
            ORDER BY r.player_id COLLATE "C"
            """;

    private static final String ROLLING_CHOSEN =
            "SELECT * FROM rolling_standings($1, $2, $3, %1$d::smallint, $4::text[])";

    private static final String PING = "SELECT 1";

    private final Sql sql;

    LiveStandings(Sql sql) {
        this.sql = sql;
    }

    /** Fails while PostgreSQL does not respond. */
    Uni<Void> reachable() {
        return sql.run(PING).replaceWithVoid();
    }

    /**
     * Reads all standings of a ranking as of one moment, page by page, in score order: inserting neighbours into a
     * sorted set takes half as long as inserting in random order.
     *
     * @param size of the next page
     */
    Uni<Void> each(RankingRef ranking, IntSupplier size, Function<RowSet<Row>, Uni<Void>> work) {
        return sql.eachPage(
                size,
                work,
                statement(ranking, ALL, ROLLING_ALL),
                ranking.board().id(),
                ranking.key(),
                third(ranking));
    }

    /** The players who have scored on a board and take no rank in a window. */
    Uni<List<String>> barred(WindowRef window) {
        return sql.run(
                        BARRED,
                        window.board().id(),
                        window.key(),
                        window.period().code())
                .map(rows -> {
                    List<String> players = new ArrayList<>(rows.size());
                    rows.forEach(row -> players.add(row.getString(0)));
                    return players;
                });
    }

    /** The next standings of a ranking in byte order of player ids, after the given player or from the first. */
    public Uni<RowSet<Row>> page(RankingRef ranking, String after, int limit) {
        return sql.runForJob(
                statement(ranking, PAGE, ROLLING_PAGE),
                ranking.board().id(),
                ranking.key(),
                third(ranking),
                after,
                (long) limit);
    }

    /** The standings of those of the given players who have one, in no particular order. */
    public Uni<RowSet<Row>> of(RankingRef ranking, List<String> playerIds) {
        return sql.run(
                statement(ranking, CHOSEN, ROLLING_CHOSEN),
                ranking.board().id(),
                ranking.key(),
                third(ranking),
                playerIds.toArray(String[]::new));
    }

    /** The versions of those of the given players who have one on a board. */
    Uni<Map<String, Long>> versions(Board board, List<String> playerIds) {
        return sql.run(VERSIONS, board.id(), playerIds.toArray(String[]::new)).map(rows -> {
            Map<String, Long> versions = new HashMap<>();
            rows.forEach(row -> versions.put(row.getString(0), row.getLong(1)));
            return versions;
        });
    }

    private static String statement(RankingRef ranking, String own, String rolling) {
        return ranking.period().isRolling()
                ? rolling.formatted(ranking.metric())
                : Slot.of(ranking).fill(own);
    }

    private static Object third(RankingRef ranking) {
        return ranking.period().isRolling()
                ? (Object) RollingWindows.endKey(ranking.window())
                : ranking.period().code();
    }
}
