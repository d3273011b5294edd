package dev.laurel.achievement.award;

import dev.laurel.achievement.rule.Fact;
import dev.laurel.achievement.rule.Facts;
import dev.laurel.achievement.rule.Figure;
import dev.laurel.achievement.rule.Measure;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the facts of some players, in one statement for each kind of measure. */
final class FactReads {
    private static final String ASKED_FACTS = """
            FROM unnest($1::integer[], $2::integer[], $3::smallint[], $4::boolean[], $5::boolean[], $6::text[],
                $7::text[]) AS f(n, board_id, period, each, less, tag, measure)
            """;

    private static final String ASKED = ASKED_FACTS + "CROSS JOIN unnest($8::text[]) AS p(id) ";

    /** The window of a fact that is asked for each of them; $9 admits closed ones. */
    private static final String WINDOW = """
            LEFT JOIN board_window w
              ON f.each AND w.board_id = f.board_id AND w.period = f.period AND w.window_key = h.window_key
            WHERE NOT f.each OR w.window_id IS NOT NULL AND ($9 OR w.state <> 'CLOSED')
            GROUP BY f.n, f.less, p.id, w.window_id, w.window_key""";

    private static final String STANDINGS = "SELECT f.n, p.id, coalesce(lasting_window(w.window_id, w.window_key), ''),"
            + " CASE WHEN f.less THEN min(h.score) ELSE max(h.score) END::numeric " + ASKED
            + " CROSS JOIN LATERAL achieved_scores(f.board_id, f.period, p.id) h " + WINDOW;

    private static final String FINALS = "SELECT f.n, p.id, coalesce(lasting_window(w.window_id, w.window_key), ''),"
            + " CASE WHEN f.less THEN min(h.rank) ELSE max(h.percentile) END::numeric " + ASKED + """
            CROSS JOIN LATERAL (
                SELECT s.window_key, s.rank, CASE WHEN NOT f.less THEN final_percentile(s, c.players) END AS percentile
                FROM final_standing s JOIN board_window c
                  ON c.board_id = s.board_id AND c.period = s.period AND c.window_key = s.window_key
                WHERE s.board_id = f.board_id AND s.player_id = p.id AND s.period = f.period AND s.metric = 0) h
            """ + WINDOW;

    private static final String CHALLENGES = "SELECT f.n, p.id, '', k.cleared::numeric " + ASKED + """
            CROSS JOIN LATERAL (
                SELECT count(*) AS cleared FROM clearing k
                JOIN challenge c ON c.number = k.challenge AND c.deleted_at IS NULL
                LEFT JOIN board b ON b.id = f.board_id
                WHERE k.tenant_id = $10 AND k.player_id = p.id AND (f.board_id = 0 OR c.board = b.name)
                  AND (f.tag IS NULL OR c.tags ? f.tag)) k
            WHERE k.cleared > 0 AND ($9 OR true)""";

    private static final String DAYS = "SELECT f.n, p.id, coalesce(h.lasting, ''), h.figure::numeric " + ASKED
            + " CROSS JOIN LATERAL achieved_days(f.board_id, p.id, f.measure, f.tag, f.period, f.each, $9) h";

    /**
     * The same altogether, from what is kept for all days of a player: a sequence of days without a gap is as long as it is. Only
     * days with gaps are read one by one.
     */
    private static final String TOTALS = "WITH f AS MATERIALIZED (SELECT f.* " + ASKED_FACTS + """
            )
            SELECT f.n, a.player_id, '', CASE
                WHEN f.measure = 'STREAK_DAYS' AND f.tag IS NULL AND a.last_day - a.first_day + 1 = a.days THEN a.days
                WHEN f.measure = 'STREAK_DAYS' OR f.tag IS NOT NULL THEN (
                    SELECT d.figure FROM achieved_days(f.board_id, a.player_id, f.measure, f.tag, f.period, false, $9) d)
                WHEN f.measure = 'OUTCOMES' THEN nullif(a.completed, 0)
                ELSE nullif(a.events, 0) END::numeric
            FROM (SELECT DISTINCT f.board_id FROM f) b CROSS JOIN unnest($8::text[]) AS p(id)
            CROSS JOIN LATERAL (
                SELECT a.* FROM activity_player a WHERE a.board_id = b.board_id AND a.player_id = p.id OFFSET 0) a
            JOIN f ON f.board_id = a.board_id""";

    private FactReads() {}

    /**
     * The facts of some players.
     *
     * @param closed whether closed windows count where a fact is asked for each window
     */
    static Uni<Facts> read(Collection<Question> questions, Players players, boolean closed, Statements transaction) {
        Facts facts = new Facts();
        Map<String, List<Question>> kinds =
                questions.stream().distinct().collect(Collectors.groupingBy(one -> statement(one.fact())));
        return Multi.createFrom()
                .iterable(kinds.entrySet())
                .onItem()
                .transformToUniAndConcatenate(kind -> transaction
                        .run(kind.getKey(), arguments(kind.getKey(), kind.getValue(), players, closed))
                        .invoke(rows -> add(rows, kind.getValue(), facts)))
                .collect()
                .last()
                .replaceWith(facts);
    }

    private static String statement(Fact fact) {
        Measure measure = fact.measure();
        if (measure.isStanding()) {
            return STANDINGS;
        }
        if (measure.isFinal()) {
            return FINALS;
        }
        if (measure == Measure.CHALLENGES) {
            return CHALLENGES;
        }
        return fact.each() ? DAYS : TOTALS;
    }

    private static Object[] arguments(String statement, List<Question> asked, Players players, boolean closed) {
        Object[] common = {
            numbers(asked.size()),
            array(asked, Question::boardId).toArray(Integer[]::new),
            array(asked, Question::period).toArray(Short[]::new),
            array(asked, one -> one.fact().each()).toArray(Boolean[]::new),
            array(asked, one -> one.fact().less()).toArray(Boolean[]::new),
            array(asked, one -> one.fact().tag()).toArray(String[]::new),
            array(asked, one -> one.fact().measure().name()).toArray(String[]::new),
            players.ids(),
            closed,
            players.tenant()
        };
        return statement.contains("$10") ? common : Arrays.copyOf(common, common.length - 1);
    }

    private static Integer[] numbers(int size) {
        return IntStream.range(0, size).boxed().toArray(Integer[]::new);
    }

    private static <T> List<T> array(List<Question> asked, Function<Question, T> of) {
        return asked.stream().map(of).collect(Collectors.toList());
    }

    private static void add(RowSet<Row> rows, List<Question> asked, Facts facts) {
        for (Row row : rows) {
            BigDecimal value = row.getBigDecimal(3);
            if (value != null) {
                Question question = asked.get(row.getInteger(0));
                facts.put(
                        question.fact(),
                        row.getString(1),
                        row.getString(2),
                        new Figure(value.movePointLeft(question.decimals())));
            }
        }
    }

    /** Some players of a tenant. */
    record Players(short tenant, String[] ids) {}
}
