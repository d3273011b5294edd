package dev.laurel.board;

import java.time.Instant;

/**
 * A freeze of a board: from an instant on, the public sees the rankings as they were then, until they are revealed.
 *
 * @param number grows with every freeze of the board that is set or changed
 * @param at in whole milliseconds
 */
public record Freeze(int number, Instant at) {
    /** Whether the public's view is frozen. */
    public boolean holds(Instant now) {
        return !now.isBefore(at);
    }
}
