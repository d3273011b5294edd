package dev.laurel.player;

/** How a player wants to appear to others. */
public enum Visibility {
    /** By name. */
    PUBLIC,
    /** With a rank, under a neutral name. */
    ANONYMOUS,
    /** Not at all. */
    HIDDEN
}
