package dev.laurel.database;

/**
 * A statement that has cost the server much time, as {@code pg_stat_statements} counts it.
 *
 * @param id by which the server counts it, and its plan can be asked for
 * @param text without the values of its parameters, and cut off when it is long
 */
public record SlowStatement(long id, String text, long calls, double meanMs, double totalMs, long rows) {}
