package dev.laurel.standings.audit;

import dev.laurel.standings.window.WindowRef;

/**
 * The findings of the comparison of one window.
 *
 * @param compared standings of PostgreSQL that were compared
 * @param different standings that were missing, older, newer, damaged or surplus in Redis; a lower bound when the
 *     window has been reloaded, which ends the search
 * @param repaired how many of these have been repaired
 */
public record WindowAudit(WindowRef window, Outcome outcome, long compared, long different, long repaired) {
    /** Combines this with the findings for another metric. */
    WindowAudit and(WindowAudit other) {
        return new WindowAudit(
                window,
                outcome.compareTo(other.outcome) >= 0 ? outcome : other.outcome,
                compared + other.compared,
                different + other.different,
                repaired + other.repaired);
    }

    /** Whether Redis has the window, and it is the same there now. */
    boolean isWhole() {
        return outcome != Outcome.NOT_LOADED && outcome != Outcome.CLOSED;
    }

    /** How the comparison of a window ended, from harmless to grave. */
    public enum Outcome {
        /** No difference. */
        EQUAL,
        /** Some standings were missing or older, and have been copied to Redis. */
        REPAIRED,
        /** Redis had what PostgreSQL does not have, or too much was missing; the window has been reloaded. */
        REBUILT,
        /** Redis does not have the complete window, so it is not read from there. */
        NOT_LOADED,
        /** The window was closed in the meantime. */
        CLOSED
    }
}
