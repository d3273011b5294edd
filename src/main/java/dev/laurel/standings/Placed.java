package dev.laurel.standings;

/**
 * A standing with its place in the whole ranking.
 *
 * @param position place in the total order, from 0
 * @param better number of players with a strictly better score
 */
public record Placed(Standing standing, long position, long better) {}
