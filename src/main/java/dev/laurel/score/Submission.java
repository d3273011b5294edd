package dev.laurel.score;

import dev.laurel.shared.Activity;

import java.time.Instant;
import java.util.SortedMap;

/**
 * A score event as a client submits it.
 *
 * @param score a number as written, in the board's decimals; of the first metric
 * @param metrics numbers by the further metrics of the board, as written; empty for none
 * @param eventId chosen by the client, or null
 * @param occurredAt null for now
 * @param attributes JSON object, or null
 * @param activity what the player did
 */
public record Submission(
        String playerId,
        String score,
        SortedMap<String, String> metrics,
        String eventId,
        Instant occurredAt,
        String attributes,
        Activity activity) {
    /** An event without an activity. */
    public Submission(
            String playerId,
            String score,
            SortedMap<String, String> metrics,
            String eventId,
            Instant occurredAt,
            String attributes) {
        this(playerId, score, metrics, eventId, occurredAt, attributes, Activity.NONE);
    }
}
