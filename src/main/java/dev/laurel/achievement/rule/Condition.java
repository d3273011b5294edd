package dev.laurel.achievement.rule;

import dev.laurel.shared.Period;

import java.math.BigDecimal;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A measure of a player, and what it has to come to.
 *
 * @param board null for challenges of all boards
 * @param tag null for any
 * @param period null where the measure has none
 * @param bound null where tiers decide
 * @param less whether at most the bound is asked for, rather than at least
 */
public record Condition(Measure measure, String board, String tag, Period period, BigDecimal bound, boolean less)
        implements Rule {
    @Override
    public Stream<Condition> conditions() {
        return Stream.of(this);
    }

    @Override
    public Long reached(Function<Condition, Long> reached) {
        return reached.apply(this);
    }

    @Override
    public Rule map(Function<Condition, Condition> change) {
        return change.apply(this);
    }

    /** The same condition with a threshold of a tier. */
    public Condition withBound(BigDecimal threshold) {
        return new Condition(measure, board, tag, period, threshold, less);
    }

    /** The same condition in the direction of its board. */
    public Condition towards(boolean fewer) {
        return new Condition(measure, board, tag, period, bound, fewer);
    }

    /**
     * The question that decides it.
     *
     * @param repeats null when the achievement does not repeat
     */
    public Fact fact(Period repeats) {
        return new Fact(measure, board, tag, repeats == null ? period : repeats, repeats != null, less);
    }

    /** Whether a value is good enough. */
    public boolean isMetBy(Figure figure) {
        if (figure == null) {
            return false;
        }
        int difference = figure.value().compareTo(bound);
        return less ? difference <= 0 : difference >= 0;
    }
}
