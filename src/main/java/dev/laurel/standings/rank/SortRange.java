package dev.laurel.standings.rank;

/** Sort keys from the better to the worse bound, both inclusive. */
public record SortRange(long best, long worst) {}
