package dev.laurel.ranking;

import java.util.Map;

/**
 * What a ranking shows of a player's record.
 *
 * @param displayName null when the player has no record
 * @param avatarUrl null for none
 * @param attributes those of the chosen ones that the player has; null when none were chosen, or the player is not to be
 *     recognised
 */
public record ShownPlayer(String displayName, String avatarUrl, Map<String, Object> attributes) {
    /** Nothing: there is no record, or nobody asked for it. */
    public static final ShownPlayer NOTHING = new ShownPlayer(null, null, null);
}
