package dev.laurel.board;

/** What a submitted score does to the standing. */
public enum Operator {
    /** Adds to it. */
    SUM,
    /** Replaces it when better in the board's order. */
    BEST,
    /** Replaces it always. */
    LATEST
}
