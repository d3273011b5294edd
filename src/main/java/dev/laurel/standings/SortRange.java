package dev.laurel.standings;

/** Sort keys from the better to the worse bound, both included. */
public record SortRange(long best, long worst) {}
