package dev.laurel.imports.file.mapping;

import dev.laurel.shared.Activity;
import dev.laurel.shared.Period;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A row whose cells are valid each for itself; rules that need the board's other data have not been applied.
 *
 * @param number of the row in the file
 * @param metrics values in units, in the order of {@link BoardColumns#metrics}; null for those that are missing
 * @param scores in units, by period; empty for none
 * @param occurredAt null when the row does not say
 * @param eventId null for none
 * @param player what the row says of the player
 */
public record MappedRow(
        long number,
        String playerId,
        List<Long> metrics,
        Map<Period, Long> scores,
        Instant occurredAt,
        String eventId,
        PlayerColumns player,
        Activity activity) {
    /**
     * What a row says of the player.
     *
     * @param displayName null when the row does not say, like the others
     * @param attributes only those that the row has
     */
    public record PlayerColumns(String displayName, String username, String avatarUrl, Map<String, Object> attributes) {
        /** A row that only has values. */
        public static final PlayerColumns NONE = new PlayerColumns(null, null, null, Map.of());

        public boolean isNone() {
            return displayName == null && username == null && avatarUrl == null && attributes.isEmpty();
        }
    }
}
