package dev.laurel.standings.rank;

import java.util.SortedSet;
import java.util.TreeSet;

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
public record MetricJoin(SortedSet<Integer> metrics, SortedSet<Integer> placed, boolean chosen, String statement) {
    public MetricJoin {
        metrics = new TreeSet<>(metrics);
        metrics.addAll(placed);
        placed = new TreeSet<>(placed);
    }
}
