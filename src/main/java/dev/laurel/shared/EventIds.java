package dev.laurel.shared;

/**
 * Ids of events as they are stored, unique on a board. What a client has chosen is stored as it is; with a prefix when a player
 * has sent it, so that nobody takes an id from others, or learns from a conflict that they use it.
 */
public final class EventIds {
    /** Neither begins an id that a client may choose, nor is it in one. */
    private static final char BOUND = '/';

    private EventIds() {}

    /**
     * The stored form of an id that a player has chosen.
     *
     * @param id valid by {@link Ids}
     */
    public static String ofPlayer(String playerId, String id) {
        return BOUND + playerId + BOUND + id;
    }

    /** The id as the client has sent it; null for null. */
    public static String shown(String stored) {
        return stored == null || stored.isEmpty() || stored.charAt(0) != BOUND
                ? stored
                : stored.substring(stored.lastIndexOf(BOUND) + 1);
    }
}
