package dev.laurel.standings;

/**
 * A place in the total order of a ranking, whether or not anybody stands there.
 *
 * @param sortKey the score, turned so that it grows from the first place to the last
 * @param reachedAt milliseconds since 1970
 */
public record OrderKey(long sortKey, long reachedAt, String playerId) {}
