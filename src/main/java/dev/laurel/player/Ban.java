package dev.laurel.player;

import java.time.Instant;

/**
 * That a player may not play.
 *
 * @param until first instant at which the player may play again; null for never
 */
public record Ban(String reason, Instant until) {
    /** Characters of the longest reason. */
    public static final int MAX_REASON = 500;

    public boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }
}
