package dev.laurel.standings;

import dev.laurel.shared.Period;

/** The columns of {@code standing} that hold a player's newest window of a period begin with one letter. */
final class Slot {
    private static final String LETTERS = "dwmya";

    private Slot() {}

    static String of(Period period) {
        return LETTERS.substring(period.code() - 1, period.code());
    }
}
