package dev.laurel.analytics.rollup;

import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads single days of players, and what they have tried by tag. */
@ApplicationScoped
public class ActivityDays {
    /** Maximum number of tags of a player in one answer: those tried most. */
    public static final int MAX_TAGS = 100;

    private static final String DAYS = """
            SELECT day, events, sum, lowest, highest, latest, attempts, completed, partial, duration_ms
            FROM activity_day WHERE board_id = $1 AND player_id = $2 AND day BETWEEN $3 AND $4 ORDER BY day""";

    private static final String TAGS = """
            SELECT * FROM (
                SELECT t.*, row_number() OVER (PARTITION BY t.player_id ORDER BY t.attempts DESC, t.tag) AS n FROM (
                    SELECT w.player_id, w.tag, sum(w.attempts)::bigint AS attempts, sum(w.completed)::bigint,
                        sum(w.partial)::bigint, sum(w.duration_ms)::bigint, sum(w.attempts * w.weight),
                        sum((w.completed + 0.5 * w.partial) * w.weight), max(w.day)
                    FROM (SELECT d.*, power(0.5::float8, greatest(0, $3::date - d.day) / $4::float8) AS weight
                          FROM activity_day_tag d
                          WHERE d.board_id = $1 AND d.player_id = ANY($2) AND d.attempts > 0 AND d.day <= $3::date + 1) w
                    GROUP BY w.player_id, w.tag) t) r
            WHERE r.n <= $5 ORDER BY r.player_id, r.tag""";

    /** The days of a player on which something happened, in order. */
    public Uni<List<PlayerDay>> of(Statements statements, int board, String player, DayRange days) {
        return statements.run(DAYS, board, player, days.from(), days.to()).map(rows -> {
            List<PlayerDay> found = new ArrayList<>(rows.size());
            for (Row row : rows) {
                found.add(new PlayerDay(
                        row.getLocalDate(0),
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        Outcomes.of(row, 6)));
            }
            return found;
        });
    }

    /**
     * What players have tried, by player, each list by tag.
     *
     * @param today the day at which an attempt has its full weight
     * @param halfLife days after which it has half of it
     */
    public Uni<Map<String, List<TagAttempts>>> tags(
            Statements statements, int board, Collection<String> players, LocalDate today, double halfLife) {
        return statements
                .run(TAGS, board, players.toArray(String[]::new), today, halfLife, (long) MAX_TAGS)
                .map(rows -> {
                    Map<String, List<TagAttempts>> found = new HashMap<>();
                    for (Row row : rows) {
                        found.computeIfAbsent(row.getString(0), absent -> new ArrayList<>())
                                .add(new TagAttempts(
                                        row.getString(1),
                                        Outcomes.of(row, 2),
                                        row.getDouble(6),
                                        row.getDouble(7),
                                        row.getLocalDate(8)));
                    }
                    return found;
                });
    }
}
