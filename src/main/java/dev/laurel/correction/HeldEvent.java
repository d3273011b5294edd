package dev.laurel.correction;

import dev.laurel.shared.Activity;

import java.time.Instant;
import java.util.List;

/**
 * A submission that broke a plausibility rule of its board.
 *
 * @param scores in units, for each metric
 * @param eventId the client's; null when it chose none
 * @param attributes JSON object, or null
 * @param activity what the player did
 * @param rule the first one that it broke
 * @param verdict null while it waits for a decision
 */
public record HeldEvent(
        long id,
        String playerId,
        List<Long> scores,
        Instant occurredAt,
        Instant receivedAt,
        String eventId,
        String attributes,
        Activity activity,
        Rule rule,
        State state,
        Verdict verdict) {
    /** What a submission can go beyond. */
    public enum Rule {
        /** The smallest or the largest score. */
        SCORE,
        /** The step from the standing. */
        STEP,
        /** The sum of a day. */
        DAY_SUM,
        /** The events of a minute. */
        MINUTE_EVENTS
    }

    /** Whether it has been decided on. */
    public enum State {
        /** Waits for a decision. */
        PENDING,
        /** Counts. */
        ACCEPTED,
        /** Will never count. */
        REJECTED
    }

    /** Who decided on it, when, and why. */
    public record Verdict(Instant at, Decision decision) {}
}
