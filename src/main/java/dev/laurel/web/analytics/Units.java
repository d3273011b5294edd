package dev.laurel.web.analytics;

import dev.laurel.board.BoardDefinition;
import dev.laurel.shared.Score;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Scores of a board as they are displayed. */
final class Units {
    /** Decimals of what is no score itself, such as a mean. */
    private static final int DECIMALS = 6;

    private final int decimals;

    Units(BoardDefinition board) {
        this.decimals = board.decimals();
    }

    Number of(Long units) {
        return units == null ? null : Score.toNumber(units, decimals);
    }

    /** A number of units that may be a fraction. */
    BigDecimal of(Double units) {
        return units == null ? null : rounded(BigDecimal.valueOf(units).movePointLeft(decimals));
    }

    /** A number that is no score. */
    static BigDecimal plain(Double number) {
        return number == null ? null : rounded(BigDecimal.valueOf(number));
    }

    private static BigDecimal rounded(BigDecimal number) {
        BigDecimal plain = number.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
