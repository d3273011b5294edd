package dev.laurel.analytics.rollup;

import java.time.LocalDate;

/**
 * Days in a row with at least one event, in the board's zone.
 *
 * @param current the one that includes today or yesterday: today is not over; 0 for none
 * @param longest there has ever been
 * @param lastDay with an event; null for none
 */
public record Streak(long current, long longest, LocalDate lastDay) {
    public static final Streak NONE = new Streak(0, 0, null);
}
