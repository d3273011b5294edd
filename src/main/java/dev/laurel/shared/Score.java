package dev.laurel.shared;

import dev.laurel.shared.LaurelException.InvalidInput;

import java.math.BigDecimal;

/**
 * Converts scores between their internal and their written form. Inside Laurel a score is a {@code long} in units of a
 * board's smallest decimal: {@code 12.345} on a board with 3 decimals is 12345.
 */
public final class Score {
    /** The largest score, in units: beyond 2^53 - 1 the doubles of a Redis sorted set are not exact. */
    public static final long MAX = (1L << 53) - 1;

    /** The smallest score, in units. */
    public static final long MIN = -MAX;

    /** Maximum number of decimals of a board. */
    public static final int MAX_DECIMALS = 6;

    private Score() {}

    /**
     * The units of a number written without an exponent, such as {@code 12}, {@code -3.5} or {@code 0.25}.
     *
     * @throws InvalidInput when it is not such a number, has too many decimals, or leaves the exact range; names
     *     {@code field}
     */
    public static long parse(String field, String text, int decimals) {
        if (text == null) {
            throw new InvalidInput(field, "is missing");
        }
        if (!isPlainDecimal(text)) {
            throw new InvalidInput(field, "must be a number without an exponent");
        }
        BigDecimal value = new BigDecimal(text);
        if (value.stripTrailingZeros().scale() > decimals) {
            throw new InvalidInput(
                    field, decimals == 0 ? "must be a whole number" : "must have at most " + decimals + " decimals");
        }
        BigDecimal units = value.movePointRight(decimals);
        if (units.abs().compareTo(BigDecimal.valueOf(MAX)) > 0) {
            throw new InvalidInput(
                    field, "must be within " + toNumber(MIN, decimals) + " and " + toNumber(MAX, decimals));
        }
        return units.longValueExact();
    }

    /** The number to display for a score: a {@code Long} on boards without decimals, else a {@code BigDecimal}. */
    public static Number toNumber(long units, int decimals) {
        if (decimals == 0) {
            return units;
        }
        return BigDecimal.valueOf(units, decimals);
    }

    private static boolean isPlainDecimal(String text) {
        // The longest number in range has 16 digits, a sign and a point; a few more allow trailing zeros.
        if (text.isEmpty() || text.length() > 32) {
            return false;
        }
        int start = text.charAt(0) == '-' ? 1 : 0;
        int digits = 0;
        int points = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                return false;
            }
        }
        return digits > 0 && points <= 1 && text.charAt(text.length() - 1) != '.' && text.charAt(start) != '.';
    }
}
