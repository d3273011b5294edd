package dev.laurel.player;

import dev.laurel.cache.registry.Sized;

import java.time.Instant;
import java.util.Map;

/**
 * One incarnation of a player's record.
 *
 * @param number internal; a record deleted and written again gets a new one
 * @param revision grows with every change
 */
public record Player(
        PlayerKey key, long number, int revision, PlayerProfile profile, Instant createdAt, Instant updatedAt)
        implements Sized {
    /** Of the objects of a record without its texts. */
    private static final int FIELDS = 250;

    /** Of an attribute without its texts. */
    private static final int ATTRIBUTE = 80;

    @Override
    public long bytes() {
        long bytes = FIELDS
                + Sized.of(key.id())
                + Sized.of(profile.displayName())
                + Sized.of(profile.username())
                + Sized.of(profile.avatarUrl());
        for (Map.Entry<String, Object> attribute : profile.attributes().entrySet()) {
            bytes += ATTRIBUTE + Sized.of(attribute.getKey()) + Math.max(0, Sized.of(attribute.getValue()));
        }
        return bytes;
    }

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
