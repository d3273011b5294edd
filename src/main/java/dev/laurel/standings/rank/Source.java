package dev.laurel.standings.rank;

/** The store that a result was read from. */
public enum Source {
    REDIS,
    POSTGRES,
    ARCHIVE,
    /** The snapshot of a frozen board. */
    FROZEN
}
