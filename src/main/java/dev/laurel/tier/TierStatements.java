package dev.laurel.tier;

import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.SqlSource.MetricJoin;
import dev.laurel.standings.window.RankingRef;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The statements that sort the players of a ranking into tiers, in one pass. Their text depends on the shape of the tiers
 * alone; the bounds are parameters.
 *
 * @param ranking that is read: of all players, or of those of a segment
 */
record TierStatements(TierRules rules, RankingRef ranking) {
    private static final String COUNTS = """
            , answer AS (SELECT row_number() OVER () AS n, tier, count(*) AS players FROM classified GROUP BY tier)""";

    /** {8} tier, {9} offset, {10} limit. */
    private static final String PAGE = """
            , chosen AS (SELECT * FROM classified WHERE tier = {8}::integer),
            page AS (SELECT * FROM chosen ORDER BY sort, tie, player_id OFFSET {9}::bigint LIMIT {10}::bigint),
            answer AS (
                SELECT row_number() OVER (ORDER BY p.sort, p.tie, p.player_id) AS n, p.player_id, p.sort, p.at,
                    p.position, p.better, p.distinct_better, (SELECT count(*) FROM chosen) AS total
                FROM (VALUES (1)) AS one(x) LEFT JOIN page p ON true)""";

    /** Within a segment players are ranked among each other; else the rank is the stored one, or that of the source. */
    private static final String AMONG = """
            row_number() OVER (ORDER BY m%1$d.sort, m%1$d.tie, m%1$d.player_id) - 1 AS position,
            rank() OVER (ORDER BY m%1$d.sort) - 1 AS better, dense_rank() OVER (ORDER BY m%1$d.sort) - 1 AS distinct_better""";

    private static final String STORED =
            "m%1$d.rank - 1 AS position, m%1$d.rank - 1 AS better, m%1$d.rank - 1 AS distinct_better";

    /** How many players each tier has. */
    MetricJoin counts() {
        TreeSet<Integer> metrics = metrics();
        return new MetricJoin(metrics, new TreeSet<>(), ofSegment(), classified("by", "0 AS place") + COUNTS);
    }

    /** The players of a tier, in ranking order. */
    MetricJoin page() {
        boolean segment = ofSegment();
        SortedSet<Integer> placed = segment ? new TreeSet<>() : new TreeSet<>(List.of(ranking.metric()));
        String place = (segment ? AMONG : STORED).formatted(ranking.metric());
        return new MetricJoin(metrics(), placed, segment, classified(segment ? "by" : "placed", place) + PAGE);
    }

    /** The keys of the chosen players {1}, by each of the metrics that decide. */
    static MetricJoin keys(SortedSet<Integer> metrics) {
        StringBuilder columns = new StringBuilder("SELECT row_number() OVER () AS n, p.player_id");
        StringBuilder joins = new StringBuilder("FROM unnest({1}::text[]) AS p(player_id)");
        for (int metric : metrics) {
            columns.append(", m%1$d.sort, m%1$d.tie".formatted(metric));
            joins.append(
                    "\nLEFT JOIN by%1$d m%1$d ON m%1$d.player_id = p.player_id AND m%1$d.player_id = ANY ({1}::text[])"
                            .formatted(metric));
        }
        return new MetricJoin(metrics, new TreeSet<>(), true, ", answer AS (" + named(columns) + "\n" + joins + ")");
    }

    /** Columns of the same name could not be read by a star. */
    private static String named(StringBuilder columns) {
        return columns.toString().replaceAll("m(\\d+)\\.(sort|tie)", "m$1.$2 AS $2$1");
    }

    private boolean ofSegment() {
        return ranking.segment() != null;
    }

    private TreeSet<Integer> metrics() {
        TreeSet<Integer> metrics = rules.metrics();
        metrics.add(ranking.metric());
        return metrics;
    }

    /**
     * Parameters {1} to {7}: the players of the segment, and the bounds of all conditions. They are named first, so that
     * PostgreSQL knows their types even where a statement has no use for them.
     */
    private String classified(String ranked, String place) {
        int base = ranking.metric();
        StringBuilder text = new StringBuilder("""
                , given AS (SELECT {1}::text[], {2}::bigint[], {3}::bigint[], {4}::text[], {5}::bigint[], {6}::bigint[], {7}::text[]),
                classified AS (
                SELECT m%1$d.player_id, m%1$d.sort, m%1$d.tie, m%1$d.at, %2$s, %3$s AS tier
                FROM %4$s%1$d m%1$d""".formatted(base, place, tier(), ranked));
        String chosen = ofSegment() ? " AND m%1$d.player_id = ANY ({1}::text[])" : "";
        for (int metric : rules.metrics()) {
            if (metric != base) {
                text.append(("\nLEFT JOIN by%1$d m%1$d ON m%1$d.player_id = m%2$d.player_id" + chosen)
                        .formatted(metric, base));
            }
        }
        return text.append("\nWHERE true")
                .append(chosen.formatted(base))
                .append(")")
                .toString();
    }

    private String tier() {
        int next = 1;
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i < rules.rules().size(); i++) {
            TierRules.Rule rule = rules.rules().get(i);
            List<String> all = fits(rule.all(), next);
            next += all.size();
            List<String> any = fits(rule.any(), next);
            next += any.size();
            if (!any.isEmpty()) {
                all.add("(" + String.join(" OR ", any) + ")");
            }
            text.append(" WHEN ")
                    .append(all.isEmpty() ? "true" : String.join(" AND ", all))
                    .append(" THEN ")
                    .append(i);
        }
        return text.append(" ELSE ").append(TierRules.NONE).append(" END").toString();
    }

    private static List<String> fits(List<TierRules.Part> parts, int from) {
        List<String> fits = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            fits.add(fits(parts.get(i), from + i));
        }
        return fits;
    }

    private static String fits(TierRules.Part part, int number) {
        if (part.metric() < 0) {
            return "false";
        }
        return (part.range().ofScores() ? "m%1$d.sort BETWEEN ({2}::bigint[])[%2$d] AND ({5}::bigint[])[%2$d]" : """
                        ((m%1$d.sort, m%1$d.tie, m%1$d.player_id)
                            >= (({2}::bigint[])[%2$d], ({3}::bigint[])[%2$d], ({4}::text[])[%2$d])
                         AND (m%1$d.sort, m%1$d.tie, m%1$d.player_id)
                            <= (({5}::bigint[])[%2$d], ({6}::bigint[])[%2$d], ({7}::text[])[%2$d]))""")
                .formatted(part.metric(), number);
    }

    /** The values of {1} to {7}. */
    List<Object> arguments() {
        List<Object> arguments = new ArrayList<>();
        arguments.add(ofSegment() ? ranking.segment().playerIds().toArray(String[]::new) : new String[0]);
        for (Function<KeyRange, OrderKey> end :
                List.<Function<KeyRange, OrderKey>>of(KeyRange::first, KeyRange::last)) {
            List<OrderKey> keys =
                    rules.parts().map(part -> end.apply(part.range())).collect(Collectors.toList());
            arguments.add(keys.stream().map(OrderKey::sortKey).toArray(Long[]::new));
            arguments.add(keys.stream().map(OrderKey::tie).toArray(Long[]::new));
            arguments.add(keys.stream().map(OrderKey::playerId).toArray(String[]::new));
        }
        return arguments;
    }
}
