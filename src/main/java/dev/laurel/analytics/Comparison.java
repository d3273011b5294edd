package dev.laurel.analytics;

import dev.laurel.analytics.figures.Compared;
import dev.laurel.analytics.rollup.DayRange;
import dev.laurel.board.Board;

import java.time.Instant;

/**
 * A player among the members of a segment; scores in units of the board. Members who have done nothing count as 0, except in
 * success rates.
 *
 * @param members who take part in rankings
 * @param active members with an event in these days; null where members are too few ({@link Compared#MIN_MEMBERS})
 */
public record Comparison(
        Board board,
        Instant asOf,
        String segment,
        DayRange days,
        long members,
        Long active,
        Compared total,
        Compared events,
        Compared activeDays,
        Compared successRate) {}
