package dev.laurel.score;

import dev.laurel.shared.Activity;
import dev.laurel.shared.EventIds;
import dev.laurel.standings.write.ScoreWrite.Report;

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
 * @param byPlayer whether the player has sent it, whose ids are apart from those of others
 * @param report what its answer is to say of the standings
 */
public record Submission(
        String playerId,
        String score,
        SortedMap<String, String> metrics,
        String eventId,
        Instant occurredAt,
        String attributes,
        Activity activity,
        boolean byPlayer,
        Report report) {
    /** An event without an activity, sent by a program for its players. */
    public Submission(
            String playerId,
            String score,
            SortedMap<String, String> metrics,
            String eventId,
            Instant occurredAt,
            String attributes) {
        this(playerId, score, metrics, eventId, occurredAt, attributes, Activity.NONE, false, Report.RANKS);
    }

    /** The same event, sent by its player or not. */
    public Submission byPlayer(boolean sentByPlayer) {
        return new Submission(
                playerId, score, metrics, eventId, occurredAt, attributes, activity, sentByPlayer, report);
    }

    /** The same event with another answer. */
    public Submission reporting(Report other) {
        return new Submission(playerId, score, metrics, eventId, occurredAt, attributes, activity, byPlayer, other);
    }

    /** The id under which it is stored; null without one. */
    String storedId() {
        return byPlayer && eventId != null ? EventIds.ofPlayer(playerId, eventId) : eventId;
    }
}
