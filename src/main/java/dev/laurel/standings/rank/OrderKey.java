package dev.laurel.standings.rank;

/**
 * A place in the total order of a ranking, whether or not anybody stands there.
 *
 * @param sortKey the score, turned so that it grows from the first place to the last
 * @param tie the instant at which it was reached, turned so that it grows along a tie; 0 where time breaks no ties
 */
public record OrderKey(long sortKey, long tie, String playerId) {}
