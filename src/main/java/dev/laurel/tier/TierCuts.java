package dev.laurel.tier;

import dev.laurel.board.BoardDefinition;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.SqlSource.MetricJoin;
import dev.laurel.standings.read.MetricQuestion;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the rankings of a window are cut by all bounds for ranks and percentiles.
 *
 * @param found by edge; without those of an empty ranking
 */
record TierCuts(Map<TierEdge, Cut> found) {
    static final TierCuts NONE = new TierCuts(Map.of());

    /** The last player before the cut, or the first one after it. {1} are the bounds. */
    private static final String CUT = """
            SELECT %1$d::bigint AS n, NOT EXISTS (SELECT FROM placed%2$d WHERE NOT (%3$s)) AS every, e.sort, e.tie, e.player_id
            FROM (VALUES (1)) AS one(x) LEFT JOIN LATERAL (
                SELECT * FROM placed%2$d WHERE %3$s
                ORDER BY sort %4$s, tie %4$s, player_id %4$s LIMIT 1) e ON true
            """;

    /** All edges of a definition, each once. */
    static List<TierEdge> edges(TierDefinition definition, BoardDefinition board) {
        return definition.tiers().stream()
                .flatMap(tier -> Stream.concat(tier.all().stream(), tier.any().stream()))
                .flatMap(condition -> TierEdge.of(condition, board).stream())
                .distinct()
                .toList();
    }

    /** The question where the edges are. */
    static MetricQuestion<TierCuts> question(List<TierEdge> edges) {
        List<String> cuts = new ArrayList<>();
        TreeSet<Integer> metrics = new TreeSet<>();
        for (int i = 0; i < edges.size(); i++) {
            TierEdge edge = edges.get(i);
            metrics.add(edge.metric());
            String fits = "%s %s ({1}::bigint[])[%d]".formatted(column(edge), edge.atMost() ? "<=" : ">=", i + 1);
            cuts.add(CUT.formatted(i, edge.metric(), fits, edge.before() ? "DESC" : "ASC"));
        }
        MetricJoin join =
                new MetricJoin(metrics, metrics, false, ", answer AS (" + String.join("UNION ALL\n", cuts) + ")");
        Long[] bounds = edges.stream().map(TierEdge::bound).toArray(Long[]::new);
        return new MetricQuestion<>(join, List.of((Object) bounds), rows -> read(edges, rows), NONE);
    }

    private static String column(TierEdge edge) {
        return switch (edge.measure()) {
            case RANK -> "rank";
            case PERCENTILE -> "percentile";
            case SCORE -> throw new IllegalArgumentException("The bounds of scores are known beforehand");
        };
    }

    private static TierCuts read(List<TierEdge> edges, RowSet<Row> rows) {
        Map<TierEdge, Cut> found = new HashMap<>();
        for (Row row : rows) {
            OrderKey key =
                    row.getLong(3) == null ? null : new OrderKey(row.getLong(3), row.getLong(4), row.getString(5));
            found.put(edges.get(row.getLong(1).intValue()), new Cut(row.getBoolean(2), key));
        }
        return new TierCuts(found);
    }

    /** Of a ranking. */
    Cut at(TierEdge edge) {
        return found.getOrDefault(edge, Cut.EMPTY);
    }

    /**
     * Where an edge is.
     *
     * @param every whether all players fit
     * @param key the outermost one who fits; null when nobody does
     */
    record Cut(boolean every, OrderKey key) {
        static final Cut EMPTY = new Cut(true, null);
    }
}
