package dev.laurel.analytics;

import dev.laurel.analytics.figures.Consistency;
import dev.laurel.analytics.rollup.DayRange;
import dev.laurel.analytics.rollup.Outcomes;
import dev.laurel.analytics.rollup.PlayerDay;
import dev.laurel.analytics.rollup.Streak;
import dev.laurel.archive.PlayerHistory.FinalRank;
import dev.laurel.board.Board;
import dev.laurel.shared.Period;

import java.time.Instant;
import java.util.List;

/**
 * What a player has done on a board in some days; scores in units of the board.
 *
 * @param total of the scores, with adjustments where the board adds scores up
 * @param average of the total per active day; null without one
 * @param bestDay the active day that is worth most by operator and order of the board; null without one
 * @param place now, in the board's longest period
 * @param history final places, newest first
 */
public record Summary(
        Board board,
        Instant asOf,
        DayRange days,
        long total,
        long events,
        long activeDays,
        Double average,
        PlayerDay bestDay,
        Consistency consistency,
        Outcomes outcomes,
        Streak streak,
        Place place,
        History history) {
    /**
     * A place in a running ranking.
     *
     * @param rank null for a player without a standing, like the percentile
     */
    public record Place(Period period, Long rank, Double percentile, long players) {}

    /**
     * Final places in the windows of a period.
     *
     * @param period null for a board without windows that are closed
     */
    public record History(Period period, List<FinalRank> places) {}
}
