package dev.laurel.imports.file.mapping;

/** What the rows of a file are. */
public enum ImportMode {
    /** Each row is an event. */
    EVENTS,
    /** Each row has the present values of a player. */
    SNAPSHOT,
    /** Each row has the values from which a player's gains count. */
    BASELINE,
    /** Each row has the existing scores of a player, by period. */
    STANDINGS
}
