package dev.laurel.score;

import dev.laurel.shared.LaurelException;
import dev.laurel.standings.write.ScoreWrite.Report;

/**
 * One event of a batch as it arrived: a submission, or the reason why it could not be read.
 *
 * @param submission null when it could not be read
 * @param refusal null when it could
 */
public record BatchItem(Submission submission, LaurelException refusal) {
    public static BatchItem of(Submission submission) {
        return new BatchItem(submission, null);
    }

    /** The same with another answer. */
    BatchItem reporting(Report report) {
        return submission == null ? this : of(submission.reporting(report));
    }

    public static BatchItem unreadable(LaurelException refusal) {
        return new BatchItem(null, refusal);
    }
}
