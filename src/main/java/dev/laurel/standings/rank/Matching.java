package dev.laurel.standings.rank;

/**
 * A stretch of those whose scores lie within bounds.
 *
 * @param matching players within the bounds
 * @param stretch with its places in the whole ranking
 */
public record Matching(long matching, Stretch stretch) {}
