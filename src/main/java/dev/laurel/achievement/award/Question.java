package dev.laurel.achievement.award;

import dev.laurel.achievement.award.Target.OnBoard;
import dev.laurel.achievement.rule.Fact;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A fact as PostgreSQL is asked for it.
 *
 * @param boardId 0 for all boards
 * @param decimals of what is measured
 */
record Question(Fact fact, int boardId, int decimals) {
    private static final BigDecimal FARTHEST = BigDecimal.valueOf(Long.MAX_VALUE);

    static Question of(Fact fact, Target target) {
        OnBoard board = fact.board() == null
                ? new OnBoard(0, 0, false)
                : target.boards().get(fact.board());
        return new Question(fact, board.id(), fact.measure().isStanding() ? board.decimals() : 0);
    }

    /** The code of its period; 0 for none. */
    short period() {
        return fact.period() == null ? 0 : fact.period().code();
    }

    /** A bound in whole units of the board: no score lies between the two. */
    long units(BigDecimal bound) {
        BigDecimal units =
                bound.movePointRight(decimals).setScale(0, fact.less() ? RoundingMode.FLOOR : RoundingMode.CEILING);
        return units.max(FARTHEST.negate()).min(FARTHEST).longValue();
    }
}
