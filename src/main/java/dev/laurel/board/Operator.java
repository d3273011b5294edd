package dev.laurel.board;

/**
 * What the events of a window come to. It follows from the events and their instants alone; only equal instants of one player
 * are decided by the order in which events are accepted.
 */
public enum Operator {
    /** Their sum, reached with the last event that was not zero; a sum of nothing but zeros with the first of them. */
    SUM,
    /** The best of them in the board's order, of equal ones the earliest, as a whole. */
    BEST,
    /** The one that happened last, as a whole. */
    LATEST
}
