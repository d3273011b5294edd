package dev.laurel.standings.rank;

/**
 * A standing with its place in the whole ranking.
 *
 * @param position place in the total order, from 0
 * @param better number of players with a strictly better score
 * @param distinctBetter number of distinct better scores; 0 on boards whose ranks are not dense
 */
public record Placed(Standing standing, long position, long better, long distinctBetter) {}
