package dev.laurel.ranking;

import dev.laurel.shared.Period;

/**
 * Which ranking is asked for.
 *
 * @param window name of a window, null for the current one
 * @param metric name of a metric of the board, null for its default
 */
public record RankingQuery(String board, Period period, String window, String metric) {}
