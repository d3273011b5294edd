package dev.laurel.achievement;

import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.Measure;
import dev.laurel.board.Board;
import dev.laurel.board.Operator;
import dev.laurel.board.SortOrder;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the boards of an achievement have to be like. */
final class BoardRules {
    private BoardRules() {}

    /**
     * The definition in the direction of its boards.
     *
     * @throws InvalidInput when a board does not fit
     */
    static AchievementDefinition fitted(AchievementDefinition definition, Map<String, Board> boards) {
        List<FieldError> errors = new ArrayList<>();
        definition
                .rule()
                .conditions()
                .filter(condition -> condition.board() != null)
                .forEach(condition ->
                        check(condition, definition.terms().repeats(), boards.get(condition.board()), errors));
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return definition.directed(name -> boards.get(name).definition().order() == SortOrder.ASC);
    }

    private static void check(Condition condition, Period repeats, Board board, List<FieldError> errors) {
        Measure measure = condition.measure();
        boolean adds = board.definition().operator() == Operator.SUM;
        if (measure == Measure.TOTAL && !adds) {
            errors.add(new FieldError("rule", "must measure SCORE on board " + board.name() + ", which has no totals"));
        }
        if (measure == Measure.SCORE && adds) {
            errors.add(
                    new FieldError("rule", "must measure TOTAL on board " + board.name() + ", which adds scores up"));
        }
        Period period = condition.period() == null ? repeats : condition.period();
        if (period != null && !board.definition().periods().contains(period)) {
            errors.add(new FieldError(
                    "rule", "needs the period " + period + ", which board " + board.name() + " does not have"));
        }
        boolean ascending = board.definition().order() == SortOrder.ASC;
        if (measure.isStanding() && condition.bound() != null && condition.less() != ascending) {
            errors.add(new FieldError(
                    "rule",
                    "must have " + (ascending ? "max" : "min") + " on board " + board.name() + ", where "
                            + (ascending ? "less" : "more") + " is better"));
        }
    }
}
