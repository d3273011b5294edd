package dev.laurel.standings.rank;

/**
 * The place of a score in a window, whether or not any player has it.
 *
 * @param total players in the window
 * @param better number of players with a strictly better score
 * @param equal number of players with this score
 * @param distinctBetter number of distinct better scores; 0 on boards whose ranks are not dense
 */
public record ScorePlace(long total, long better, long equal, long distinctBetter) {}
