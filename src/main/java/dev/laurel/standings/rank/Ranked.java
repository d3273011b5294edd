package dev.laurel.standings.rank;

/**
 * A standing with its rank.
 *
 * @param position place in the total order, from 0
 */
public record Ranked(long rank, long position, Standing standing) {}
