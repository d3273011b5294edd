package dev.laurel.correction;

import dev.laurel.shared.LaurelException;

import java.time.Instant;
import java.util.Map;

/**
 * What a player has in another system, by period; or the reason why it could not be read.
 *
 * @param scores by the word for the period, as in addresses: the number as it was written
 * @param achievedAt when the scores were reached; null for the moment of taking over
 * @param refusal null when it could be read; nothing else is given otherwise
 */
public record TakeoverRow(String playerId, Map<String, String> scores, Instant achievedAt, LaurelException refusal) {
    public static TakeoverRow of(String playerId, Map<String, String> scores, Instant achievedAt) {
        return new TakeoverRow(playerId, scores, achievedAt, null);
    }

    public static TakeoverRow unreadable(LaurelException refusal) {
        return new TakeoverRow(null, Map.of(), null, refusal);
    }
}
