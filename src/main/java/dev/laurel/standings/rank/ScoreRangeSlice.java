package dev.laurel.standings.rank;

/**
 * A slice of the standings whose scores lie within bounds.
 *
 * @param matching players within the bounds
 * @param slice with its places in the whole ranking
 */
public record ScoreRangeSlice(long matching, RankingSlice slice) {}
