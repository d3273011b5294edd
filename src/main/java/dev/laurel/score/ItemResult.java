package dev.laurel.score;

import dev.laurel.shared.LaurelException;

/**
 * The outcome of one event of a batch: a receipt, or the reason why it was refused.
 *
 * @param eventId the client's, null if it chose none or it could not be read
 * @param receipt null when refused
 * @param refusal null when accepted
 */
public record ItemResult(String eventId, Receipt receipt, LaurelException refusal) {
    static ItemResult accepted(Receipt receipt) {
        return new ItemResult(receipt.eventId(), receipt, null);
    }

    static ItemResult refused(Submission submission, LaurelException refusal) {
        return new ItemResult(submission == null ? null : submission.eventId(), null, refusal);
    }
}
