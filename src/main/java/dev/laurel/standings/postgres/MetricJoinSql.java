package dev.laurel.standings.postgres;

import dev.laurel.board.RankMode;
import dev.laurel.standings.postgres.PostgresRankingSql.Shape;
import dev.laurel.standings.rank.SqlSource.MetricJoin;
import dev.laurel.standings.window.RankingRef;

/** Statements over the standings of an open window by several metrics. */
final class MetricJoinSql {
    /**
     * The percentile of a player in hundredths, from {@code total}, {@code better} and {@code equal}: as {@link
     * dev.laurel.standings.rank.Ranks#percentile} rounds it.
     */
    static final String PERCENTILE =
            "(10000 * (2 * (s.total - s.better - s.equal) + s.equal) + s.total) / (2 * s.total)";

    /** A metric that a player has no value of does not rank the player. */
    private static final String BY = """
            by%1$d AS (SELECT v.* FROM (%2$s) v WHERE v.sort IS NOT NULL)
            """;

    private static final String PLACED = """
            placed%1$d AS (
                SELECT s.player_id, s.sort, s.tie, s.at, s.rank, %3$s AS percentile
                FROM (SELECT b.*, %2$s AS rank, rank() OVER (ORDER BY b.sort) - 1 AS better,
                          count(*) OVER (PARTITION BY b.sort) AS equal, count(*) OVER () AS total
                      FROM by%1$d b) s)
            """;

    private MetricJoinSql() {}

    /** The statement with its own parameters not yet numbered. */
    static String of(MetricJoin join, RankingRef ranking) {
        RankMode mode = ranking.board().definition().rankMode();
        StringBuilder text = new StringBuilder("WITH ");
        for (int metric : join.metrics()) {
            text.append(BY.formatted(metric, standings(join, ranking, metric))).append(", ");
            if (join.placed().contains(metric)) {
                text.append(PLACED.formatted(metric, rank(mode), PERCENTILE)).append(", ");
            }
        }
        return text.append("state AS (")
                .append(shape(ranking, join.metrics().first()).state())
                .append(")\n")
                .append(join.statement())
                .append("\nSELECT state.state, answer.* FROM state LEFT JOIN answer ON true ORDER BY answer.n")
                .toString();
    }

    private static String standings(MetricJoin join, RankingRef ranking, int metric) {
        Shape shape = shape(ranking, metric);
        return join.chosen() ? shape.standingsOfPlayers() : shape.standings();
    }

    private static Shape shape(RankingRef ranking, int metric) {
        return new Shape(Slot.of(ranking.window().by(metric)), false);
    }

    private static String rank(RankMode mode) {
        return switch (mode) {
            case COMPETITION -> "rank() OVER (ORDER BY b.sort)";
            case DENSE -> "dense_rank() OVER (ORDER BY b.sort)";
            case ORDINAL -> "row_number() OVER (ORDER BY b.sort, b.tie, b.player_id)";
        };
    }
}
