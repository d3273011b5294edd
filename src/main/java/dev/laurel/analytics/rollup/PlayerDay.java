package dev.laurel.analytics.rollup;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.SortOrder;

import java.time.LocalDate;

/**
 * What a player did on a day; scores in units of the board.
 *
 * @param sum of the scores, with adjustments where the board adds scores up
 * @param lowest of the submitted scores; null for none, like the next two
 * @param latest the score that happened last
 */
public record PlayerDay(
        LocalDate date, long events, long sum, Long lowest, Long highest, Long latest, Outcomes outcomes) {
    public boolean isActive() {
        return events > 0;
    }

    /** The best submitted score in the order of the board; null for none. */
    public Long best(BoardDefinition definition) {
        return definition.order() == SortOrder.DESC ? highest : lowest;
    }

    /** What the day is worth by the operator of the board; null where it has no score. */
    public Long value(BoardDefinition definition) {
        return switch (definition.operator()) {
            case SUM -> sum;
            case BEST -> best(definition);
            case LATEST -> latest;
        };
    }
}
