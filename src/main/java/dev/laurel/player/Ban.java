package dev.laurel.player;

import java.time.Instant;

/**
 * Bars a player from playing.
 *
 * @param until first instant at which the player may play again; null for never
 */
public record Ban(String reason, Instant until) {
    /** Length of the longest reason, in characters. */
    public static final int MAX_REASON = 500;

    public boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }
}
