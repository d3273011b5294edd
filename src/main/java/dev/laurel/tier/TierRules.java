package dev.laurel.tier;

import dev.laurel.board.BoardDefinition;
import dev.laurel.standings.rank.OrderKey;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The tiers of a board in a window, with every condition as a stretch of the ranking by its metric: so keys decide, of as
 * many players as one likes.
 */
record TierRules(List<Rule> rules) {
    /** The number of no tier. */
    static final int NONE = -1;

    static TierRules of(TierDefinition definition, BoardDefinition board, TierCuts cuts) {
        return new TierRules(definition.tiers().stream()
                .map(tier -> new Rule(parts(tier.all(), board, cuts), parts(tier.any(), board, cuts)))
                .toList());
    }

    private static List<Part> parts(List<TierCondition> conditions, BoardDefinition board, TierCuts cuts) {
        return conditions.stream()
                .map(condition -> new Part(condition.metricOf(board), range(condition, board, cuts)))
                .toList();
    }

    private static KeyRange range(TierCondition condition, BoardDefinition board, TierCuts cuts) {
        if (condition.measure() == TierCondition.Measure.SCORE) {
            return scores(condition, board);
        }
        KeyRange range = KeyRange.ALL;
        for (TierEdge edge : TierEdge.of(condition, board)) {
            TierCuts.Cut cut = cuts.at(edge);
            range = edge.cut(range, cut.every(), cut.key(), board.rankMode());
            if (range == KeyRange.NOBODY) {
                return range;
            }
        }
        return range;
    }

    private static KeyRange scores(TierCondition condition, BoardDefinition board) {
        boolean descending = board.order().sortKey(1) < 0;
        Long best = descending ? condition.maxUnits(board) : condition.minUnits(board);
        Long worst = descending ? condition.minUnits(board) : condition.maxUnits(board);
        return KeyRange.of(
                best == null ? Long.MIN_VALUE : board.order().sortKey(best),
                worst == null ? Long.MAX_VALUE : board.order().sortKey(worst));
    }

    /** The metrics that decide. */
    TreeSet<Integer> metrics() {
        TreeSet<Integer> metrics = new TreeSet<>();
        parts().map(Part::metric).filter(metric -> metric >= 0).forEach(metrics::add);
        return metrics;
    }

    /** All conditions, in a fixed order. */
    Stream<Part> parts() {
        return rules.stream().flatMap(rule -> Stream.concat(rule.all().stream(), rule.any().stream()));
    }

    /**
     * The number of the tier of a player; {@link #NONE} for none.
     *
     * @param keys of the player by metric, without those that the player has no value of
     */
    int of(Map<Integer, OrderKey> keys) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).fits(keys)) {
                return i;
            }
        }
        return NONE;
    }

    /** A tier. */
    record Rule(List<Part> all, List<Part> any) {
        private boolean fits(Map<Integer, OrderKey> keys) {
            return all.stream().allMatch(part -> part.fits(keys))
                    && (any.isEmpty() || any.stream().anyMatch(part -> part.fits(keys)));
        }
    }

    /** A condition; the metric is negative when the board does not have it. */
    record Part(int metric, KeyRange range) {
        private boolean fits(Map<Integer, OrderKey> keys) {
            OrderKey key = keys.get(metric);
            return key != null && range.includes(key);
        }
    }
}
