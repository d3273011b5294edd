package dev.laurel.tier;

import dev.laurel.board.BoardDefinition;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Score;

import java.math.BigDecimal;
import java.util.List;

/**
 * Bounds for what a player has reached in a window. A player who has no value of the metric there does not fit.
 *
 * @param metric by which metric; null for the board's default
 * @param min null for no lower bound; for a rank the best one
 * @param max null for no upper bound
 */
public record TierCondition(String metric, Measure measure, BigDecimal min, BigDecimal max) {
    /** Of a percentile, whose unit is a hundredth. */
    private static final int PERCENTILE_DECIMALS = 2;

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    /** What is bounded. */
    public enum Measure {
        SCORE,
        RANK,
        PERCENTILE
    }

    /** Adds an error for every field that violates its rule. */
    void check(List<FieldError> errors, String path, BoardDefinition board) {
        if (metric != null && !board.metrics().contains(metric)) {
            errors.add(new FieldError(path + ".metric", "must be one of " + String.join(", ", board.metrics())));
        }
        if (min == null && max == null) {
            errors.add(new FieldError(path + ".min", "is missing; give min, max or both"));
        }
        checkBound(errors, path + ".min", min, board);
        checkBound(errors, path + ".max", max, board);
        if (min != null && max != null && min.compareTo(max) > 0) {
            errors.add(new FieldError(path + ".min", "must not be above max"));
        }
    }

    private void checkBound(List<FieldError> errors, String field, BigDecimal bound, BoardDefinition board) {
        if (bound == null) {
            return;
        }
        int decimals = decimals(board);
        boolean exact = bound.stripTrailingZeros().scale() <= decimals;
        switch (measure) {
            case SCORE -> {
                BigDecimal most = BigDecimal.valueOf(Score.MAX, decimals);
                check(errors, exact, field, decimals == 0 ? "must be a whole number" : "has too many decimals");
                check(errors, bound.abs().compareTo(most) <= 0, field, "must be within -" + most + " and " + most);
            }
            case RANK ->
                check(
                        errors,
                        exact && bound.signum() > 0 && bound.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0,
                        field,
                        "must be a rank: a whole number from 1");
            case PERCENTILE ->
                check(
                        errors,
                        exact && bound.signum() >= 0 && bound.compareTo(WHOLE) <= 0,
                        field,
                        "must be a percentile: 0 to 100 with at most 2 decimals");
        }
    }

    private static void check(List<FieldError> errors, boolean holds, String field, String message) {
        if (!holds) {
            errors.add(new FieldError(field, message));
        }
    }

    private int decimals(BoardDefinition board) {
        return switch (measure) {
            case SCORE -> board.decimals();
            case RANK -> 0;
            case PERCENTILE -> PERCENTILE_DECIMALS;
        };
    }

    /** The lower bound in units of the measure; null for none. */
    Long minUnits(BoardDefinition board) {
        return min == null ? null : units(min, board);
    }

    /** The upper bound in units of the measure; null for none. */
    Long maxUnits(BoardDefinition board) {
        return max == null ? null : units(max, board);
    }

    /** The number of decimals may have changed since, before the board's first event. */
    private long units(BigDecimal bound, BoardDefinition board) {
        return bound.movePointRight(decimals(board)).longValue();
    }

    /** The number of the metric; -1 when the board has none of that name any more, so that nobody fits. */
    int metricOf(BoardDefinition board) {
        return metric == null ? 0 : board.metrics().indexOf(metric);
    }
}
