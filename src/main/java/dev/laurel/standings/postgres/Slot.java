package dev.laurel.standings.postgres;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.rules.DerivedMetric;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.RankingRef;

import java.util.Set;

/**
 * Where PostgreSQL stores the scores of a ranking. The columns of {@code standing} that hold a player's newest window
 * of a period begin with one letter; further metrics are in an array, each as score and instant. Derived ones are not
 * stored: the function {@code derived_standing} makes them of the others, once for each row.
 */
public record Slot(Period period, int metric, Kind kind) {
    private static final String LETTERS = "dwmyas";

    /** Of every statement with slots, $1 is the board and $2 the window: the first query is run once for all rows. */
    private static final String TERMS =
            "(SELECT derived_terms(definition.derivations, %d) FROM board definition WHERE definition.id = $1)";

    private static final String BASE = " LEFT JOIN season_baseline base ON base.board_id = $1"
            + " AND base.season_key = ($2::bigint & -1024) AND base.player_id = %s.player_id";

    private static final String MADE = " CROSS JOIN LATERAL derived_standing(%s, %s, %s, %s, %s) AS made(value, at)";

    /** A window's ranking by one of the board's metrics. */
    public static Slot of(RankingRef ranking) {
        BoardDefinition definition = ranking.board().definition();
        return new Slot(ranking.period(), ranking.metric(), kind(definition, ranking.metric()));
    }

    private static Kind kind(BoardDefinition definition, int metric) {
        DerivedMetric rule =
                definition.metricRules().derived().get(definition.metrics().get(metric));
        if (rule == null) {
            return Kind.STORED;
        }
        Set<String> inputs = rule.weighted().keySet();
        if (rule.isGain() || inputs.stream().anyMatch(definition.metricRules().derived()::containsKey)) {
            return Kind.GAINED;
        }
        return inputs.contains(definition.metrics().get(0)) ? Kind.SUM : Kind.SUM_OF_SOME;
    }

    private String letter() {
        return LETTERS.substring(period.code() - 1, period.code());
    }

    /**
     * Fills a statement: {@code %1$s} is the window's column of {@code standing}, {@code %2$s} and {@code %3$s} its score
     * and instant in {@code standing s}, {@code %4$s} and {@code %5$s} those in {@code window_standing w}; {@code %6$s} and
     * {@code %7$s} are conditions for the two, that the player has a value of the metric; {@code %8$s} and {@code %9$s} come
     * after the two tables, and join what derived values are made of.
     */
    public String fill(String statement) {
        String window = letter() + "_window";
        String own = "s." + letter();
        if (metric == 0) {
            return statement.formatted(window, own + "_score", own + "_at", "w.score", "w.reached_at", "", "", "", "");
        }
        if (kind != Kind.STORED) {
            String present = kind == Kind.SUM ? "" : " AND made.value IS NOT NULL";
            return statement.formatted(
                    window,
                    "made.value",
                    "made.at",
                    "made.value",
                    "made.at",
                    present,
                    present,
                    made("s", own + "_score", own + "_at", own + "_more"),
                    made("w", "w.score", "w.reached_at", "w.more"));
        }
        String ownScore = own + "_more[" + (2 * metric - 1) + "]";
        String pastScore = "w.more[" + (2 * metric - 1) + "]";
        return statement.formatted(
                window,
                ownScore,
                own + "_more[" + 2 * metric + "]",
                pastScore,
                "w.more[" + 2 * metric + "]",
                " AND " + ownScore + " IS NOT NULL",
                " AND " + pastScore + " IS NOT NULL",
                "",
                "");
    }

    private String made(String table, String score, String instant, String more) {
        // Gains count in seasons alone.
        boolean gained = kind == Kind.GAINED && period == Period.SEASON;
        String base = gained ? "base.amounts" : "NULL::bigint[]";
        return (gained ? BASE.formatted(table) : "")
                + MADE.formatted(TERMS.formatted(metric), score, instant, more, base);
    }

    /** Where the values of a metric come from. */
    public enum Kind {
        /** Submitted. */
        STORED,
        /** A sum with a term by the first metric, which every standing has. */
        SUM,
        /** A sum of values that a standing may lack. */
        SUM_OF_SOME,
        /** A gain, or a sum with gains: it needs the player's baseline. */
        GAINED
    }
}
