package dev.laurel.standings.rank;

/**
 * A place in the total order of a ranking, whether or not a player occupies it.
 *
 * @param sortKey the score, inverted where needed so that it grows from the first place to the last
 * @param tie the instant at which it was reached, inverted where needed so that it grows along a tie; 0 where time
 *     breaks no ties
 */
public record OrderKey(long sortKey, long tie, String playerId) {}
