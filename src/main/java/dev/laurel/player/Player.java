package dev.laurel.player;

import java.time.Instant;

/**
 * One incarnation of a player's record.
 *
 * @param number internal; a record deleted and written again gets a new one
 * @param revision grows with every change
 */
public record Player(
        PlayerKey key, long number, int revision, PlayerProfile profile, Instant createdAt, Instant updatedAt) {
    /**
     * Identifies this state of this incarnation of the record: it changes with every change of either, and never
     * recurs.
     */
    public String version() {
        return number + "." + revision;
    }

    public boolean isBanned(Instant now) {
        return profile.ban() != null && profile.ban().holds(now);
    }
}
