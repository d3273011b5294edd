package dev.laurel.standings.audit;

import dev.laurel.standings.window.WindowRef;

/**
 * What the comparison of one window has found.
 *
 * @param compared standings of PostgreSQL that were compared
 * @param different standings that were missing, older, newer, damaged or too many in Redis; at least so many when the
 *     window has been loaded anew, which ends the search
 * @param repaired how many of these have been put right
 */
public record WindowAudit(WindowRef window, Outcome outcome, long compared, long different, long repaired) {
    /** Together with what was found by another metric. */
    WindowAudit and(WindowAudit other) {
        return new WindowAudit(
                window.by(0),
                outcome.compareTo(other.outcome) >= 0 ? outcome : other.outcome,
                compared + other.compared,
                different + other.different,
                repaired + other.repaired);
    }

    /** How the comparison of a window ended, the graver the later. */
    public enum Outcome {
        /** No difference. */
        EQUAL,
        /** Some standings were missing or older, and have been carried to Redis. */
        CARRIED,
        /** Redis had what PostgreSQL does not have, or too much was missing; the window has been loaded anew. */
        REBUILT,
        /** Redis does not have the window complete, so nobody reads it from there. */
        NOT_LOADED,
        /** It has been closed meanwhile. */
        CLOSED
    }
}
