package dev.laurel.challenge;

import dev.laurel.score.Receipt;
import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.UUID;

/**
 * The response to a submission; a repetition gets that of the first time.
 *
 * @param best the player's best submission to the variant after this one
 * @param bestValue what it measures: the length, or the score in millionths
 * @param rank of the best one; null while the board is frozen, and for players who take no rank
 * @param points earned by this submission
 * @param receipt of the points; null when none were earned
 */
public record SubmissionResult(
        Challenge challenge,
        String variant,
        UUID id,
        Instant at,
        Clearance cleared,
        UUID best,
        Long bestValue,
        Long rank,
        int points,
        Receipt receipt) {
    /** What a submission has cleared. */
    public enum Clearance {
        /** The variant, for the first time. */
        FIRST,
        /** A variant that the player had cleared before. */
        AGAIN,
        /** Nothing. */
        NO
    }

    static SubmissionResult of(Challenge challenge, String variant, JsonObject answer, Receipt receipt) {
        return new SubmissionResult(
                challenge,
                variant,
                UUID.fromString(answer.getString("submission")),
                Instant.ofEpochMilli(answer.getLong("at")),
                Clearance.valueOf(answer.getString("cleared")),
                UUID.fromString(answer.getString("best")),
                answer.getLong("bestValue"),
                answer.getLong("rank"),
                answer.getInteger("points"),
                receipt);
    }
}
