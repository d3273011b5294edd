package dev.laurel.tier;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.RankMode;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.tier.TierCondition.Measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a ranking is cut by a bound for ranks or percentiles: who fits stands before the cut, or after it.
 *
 * @param metric number of the metric
 * @param bound in units of the measure
 * @param atMost whether who fits has at most the bound, or at least
 */
record TierEdge(int metric, Measure measure, long bound, boolean atMost) {
    private static final int ALONE_PERCENTILE = 5_000;

    /** The edges of a condition; none for scores, whose bounds are known beforehand. */
    static List<TierEdge> of(TierCondition condition, BoardDefinition board) {
        List<TierEdge> edges = new ArrayList<>();
        int metric = condition.metricOf(board);
        if (condition.measure() != Measure.SCORE && metric >= 0) {
            if (condition.min() != null) {
                edges.add(new TierEdge(metric, condition.measure(), condition.minUnits(board), false));
            }
            if (condition.max() != null) {
                edges.add(new TierEdge(metric, condition.measure(), condition.maxUnits(board), true));
            }
        }
        return edges;
    }

    /** Whether who fits stands before the cut: good ranks are small, and good percentiles large. */
    boolean before() {
        return atMost == (measure == Measure.RANK);
    }

    /**
     * Who fits, if the last one before the cut or the first one after it is known.
     *
     * @param every whether all players fit; also when there are none
     * @param key null when nobody fits
     */
    KeyRange cut(KeyRange range, boolean every, OrderKey key, RankMode mode) {
        if (key == null && !(every && fitsAlone())) {
            return KeyRange.NOBODY;
        }
        if (every) {
            return range;
        }
        // Equal scores have the same rank, unless their order decides.
        boolean exact = measure == Measure.RANK && mode == RankMode.ORDINAL;
        return before()
                ? range.endingAt(exact ? key : KeyRange.upTo(key.sortKey()))
                : range.startingAt(exact ? key : KeyRange.from(key.sortKey()));
    }

    /** Whether the first player of a window that is still empty will fit. */
    private boolean fitsAlone() {
        long alone = measure == Measure.RANK ? 1 : ALONE_PERCENTILE;
        return atMost ? alone <= bound : alone >= bound;
    }
}
