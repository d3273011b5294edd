package dev.laurel.board;

import java.time.Instant;

/**
 * From an instant on, the public sees the rankings of a board as they were then, until that is revealed.
 *
 * @param number grows with every freeze of the board that is set or changed
 * @param at in whole milliseconds
 */
public record Freeze(int number, Instant at) {
    /** Whether the public's view stands still. */
    public boolean holds(Instant now) {
        return !now.isBefore(at);
    }
}
