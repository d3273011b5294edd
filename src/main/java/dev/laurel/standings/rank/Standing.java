package dev.laurel.standings.rank;

/**
 * A player's score in one window.
 *
 * @param score in units of the board's smallest decimal
 * @param reachedAt when this score was reached, in milliseconds since 1970
 */
public record Standing(String playerId, long score, long reachedAt) {}
