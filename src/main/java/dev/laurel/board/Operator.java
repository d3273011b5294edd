package dev.laurel.board;

/**
 * How the events of a window combine into a standing. The result depends on the events and their instants alone; only
 * for equal instants of one player does the order of acceptance decide.
 */
public enum Operator {
    /** Their sum, reached with the last event that was not zero; a sum of nothing but zeros with the first of them. */
    SUM,
    /** The best of them in the board's order, the earliest among equals, as a whole. */
    BEST,
    /** The one that happened last, as a whole. */
    LATEST
}
