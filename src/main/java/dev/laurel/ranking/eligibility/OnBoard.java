package dev.laurel.ranking.eligibility;

import java.time.Duration;
import java.time.Instant;

/**
 * What is known of a player on a board, apart from the player's record.
 *
 * @param disqualified in a window that is running
 * @param lastMs when the last event happened, in milliseconds since 1970; null for never
 */
record OnBoard(boolean disqualified, Long lastMs) {
    /** When a cooldown ends; null for no cooldown. */
    Instant playableAt(Duration cooldown) {
        return lastMs == null || cooldown.isZero()
                ? null
                : Instant.ofEpochMilli(lastMs).plus(cooldown);
    }
}
