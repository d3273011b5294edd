package dev.laurel.standings.rank;

/** Where an answer was read. */
public enum Source {
    REDIS,
    POSTGRES,
    ARCHIVE,
    /** The snapshot of a frozen board. */
    FROZEN
}
