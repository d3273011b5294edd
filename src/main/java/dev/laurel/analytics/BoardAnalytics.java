package dev.laurel.analytics;

import dev.laurel.analytics.figures.Bucket;
import dev.laurel.board.Board;
import dev.laurel.cache.Computed;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How many players a board has, how many are new, and how many come back. */
@ApplicationScoped
public class BoardAnalytics {
    /** Maximum number of weeks in one answer. */
    public static final int MAX_WEEKS = 26;

    private static final String SHOWN = """
             FROM activity_player p
            WHERE p.board_id = $1 AND p.first_day IS NOT NULL
              AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = p.tenant_id AND o.player_id = p.player_id)
            """;

    /** The last day of a player tells whether the player was active in any number of days up to now. */
    private static final String ACTIVE = """
            SELECT count(*) FILTER (WHERE p.last_day >= $2::date), count(*) FILTER (WHERE p.last_day > $2::date - 7),
                count(*) FILTER (WHERE p.last_day > $2::date - 30), count(*)
            """ + SHOWN;

    /** A sum for each week, in one pass over the players. */
    private static final String COHORTS = "SELECT date_trunc('week', p.first_day)::date, "
            + IntStream.range(0, MAX_WEEKS)
                    .mapToObj(week -> "sum(p.weeks >> " + week + " & 1)::bigint")
                    .collect(Collectors.joining(", "))
            + SHOWN + " AND p.first_day >= $2 GROUP BY 1";

    private final Sql sql;
    private final Shown shown;
    private final AnalyticsCache cache;

    BoardAnalytics(Sql sql, Shown shown, AnalyticsCache cache) {
        this.sql = sql;
        this.shown = shown;
        this.cache = cache;
    }

    /** @param weeks 1 to {@value #MAX_WEEKS}, the current one included */
    public Uni<Computed<Players>> of(Board board, int weeks) {
        LocalDate today = shown.today(board);
        return cache.ofBoard(
                board, List.of("players", weeks, today), () -> shown.read(board, () -> read(board, weeks, today)));
    }

    private Uni<Players> read(Board board, int weeks, LocalDate today) {
        LocalDate thisWeek = Bucket.WEEK.first(today);
        LocalDate first = thisWeek.minusWeeks(weeks - 1L);
        return Uni.combine()
                .all()
                .unis(sql.runForJob(ACTIVE, board.id(), today), sql.runForJob(COHORTS, board.id(), first))
                .with((active, cohorts) -> {
                    TreeMap<LocalDate, Row> found = new TreeMap<>();
                    cohorts.forEach(row -> found.put(row.getLocalDate(0), row));
                    List<Cohort> all = new ArrayList<>();
                    for (LocalDate week = first; !week.isAfter(thisWeek); week = week.plusWeeks(1)) {
                        all.add(cohort(week, (int) ChronoUnit.WEEKS.between(week, thisWeek) + 1, found.get(week)));
                    }
                    Row counts = active.iterator().next();
                    return new Players(
                            board,
                            shown.asOf(board),
                            counts.getLong(0),
                            counts.getLong(1),
                            counts.getLong(2),
                            counts.getLong(3),
                            all);
                });
    }

    private static Cohort cohort(LocalDate week, int weeks, Row row) {
        List<Long> active = new ArrayList<>();
        for (int i = 0; i < weeks; i++) {
            active.add(row == null ? 0 : row.getLong(i + 1));
        }
        return new Cohort(week, active.get(0), active);
    }

    /**
     * The players of a board.
     *
     * @param today active today, like the next two in the last 7 and 30 days
     * @param ever with at least one event
     * @param cohorts in the order of their weeks
     */
    public record Players(
            Board board, Instant asOf, long today, long last7Days, long last30Days, long ever, List<Cohort> cohorts) {}

    /**
     * The players who had their first event in a week.
     *
     * @param week its Monday
     * @param active how many of them were active in that week and in each later one
     */
    public record Cohort(LocalDate week, long players, List<Long> active) {}
}
