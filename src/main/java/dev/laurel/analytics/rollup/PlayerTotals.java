package dev.laurel.analytics.rollup;

import java.time.LocalDate;

/**
 * What a player has done on a board, all days together.
 *
 * @param events that the player submitted and that still count
 * @param days with at least one event
 * @param sum of the scores in units, with adjustments where the board adds scores up
 * @param outcomes of the events that have one
 * @param firstDay in the board's zone; null without an event
 */
public record PlayerTotals(long events, long days, long sum, Outcomes outcomes, LocalDate firstDay, LocalDate lastDay) {
    /** Somebody who has done nothing. */
    public static final PlayerTotals NONE = new PlayerTotals(0, 0, 0, Outcomes.NONE, null, null);
}
