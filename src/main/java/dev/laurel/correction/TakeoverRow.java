package dev.laurel.correction;

import dev.laurel.shared.LaurelException;

import java.time.Instant;
import java.util.Map;

/**
 * A player's standings in another system, by period; or the reason why the row could not be read.
 *
 * @param scores by the name of the period as used in URLs: the number as it was written
 * @param achievedAt when the scores were reached; null for the moment of the takeover
 * @param refusal null when it could be read; otherwise nothing else is set
 */
public record TakeoverRow(String playerId, Map<String, String> scores, Instant achievedAt, LaurelException refusal) {
    public static TakeoverRow of(String playerId, Map<String, String> scores, Instant achievedAt) {
        return new TakeoverRow(playerId, scores, achievedAt, null);
    }

    public static TakeoverRow unreadable(LaurelException refusal) {
        return new TakeoverRow(null, Map.of(), null, refusal);
    }
}
