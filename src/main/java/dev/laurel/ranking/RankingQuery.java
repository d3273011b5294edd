package dev.laurel.ranking;

import dev.laurel.shared.Period;

/**
 * Which ranking is asked for.
 *
 * @param window name of a window, null for the current one
 */
public record RankingQuery(String board, Period period, String window) {}
