package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.shared.LaurelException;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult.Outcome;

import java.util.List;

/**
 * One event of a batch before anything is written. Exactly one of the last three components is set.
 *
 * @param submission null when it could not be read
 * @param write what is to be written
 * @param refusal why it is refused
 * @param replay the response, if it was accepted before and would be refused now
 */
record Prepared(Board board, Submission submission, ScoreWrite write, LaurelException refusal, Receipt replay) {
    static Prepared checked(ScoreWrite write, Submission submission) {
        return new Prepared(write.board(), submission, write, null, null);
    }

    static Prepared refused(Board board, Submission submission, LaurelException refusal) {
        return new Prepared(board, submission, null, refusal, null);
    }

    static Prepared replayed(Board board, Submission submission) {
        Receipt receipt = new Receipt(board, submission.eventId(), Outcome.DUPLICATE, List.of());
        return new Prepared(board, submission, null, null, receipt);
    }
}
