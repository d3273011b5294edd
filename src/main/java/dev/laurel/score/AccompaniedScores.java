package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult;
import dev.laurel.standings.write.WriteResult.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Accepts score events that come with a document, such as a submission to a challenge. PostgreSQL writes both in one
 * transaction, and the document decides there whether the event counts.
 */
@ApplicationScoped
public class AccompaniedScores {
    private final Intake intake;
    private final Lanes lanes;
    private final Scores scores;

    AccompaniedScores(Intake intake, Lanes lanes, Scores scores) {
        this.intake = intake;
        this.lanes = lanes;
        this.scores = scores;
    }

    /**
     * Accepts a document, and its event if that counts.
     *
     * @param plan prepares them; called again when the board, a window, or what the document is about has changed
     * @return what has become of both; fails as the plan does, and as {@link Scores#submit} does
     */
    public Uni<Accepted> submit(Supplier<Uni<Plan>> plan) {
        return Uni.createFrom()
                .deferred(plan::get)
                .chain(first ->
                        intake.prepare(first.board(), first.submission()).map(first::accompany))
                .chain(write -> lanes.submit(write, () -> again(plan, write)))
                .chain(this::accepted);
    }

    /** The original response to an event that was accepted before. */
    public Uni<Receipt> repeated(Board board, String playerId, String eventId) {
        return scores.answerByHand(board, playerId, eventId);
    }

    private Uni<ScoreWrite> again(Supplier<Uni<Plan>> plan, ScoreWrite before) {
        Instant taken = Instant.ofEpochMilli(before.occurredAt());
        return Uni.createFrom().deferred(plan::get).chain(now -> intake.prepareAgain(
                        now.board(), now.submission(), taken)
                .map(now::accompany));
    }

    private Uni<Accepted> accepted(Committed committed) {
        WriteResult written = committed.written();
        Outcome outcome = written.outcome();
        if (outcome == Outcome.UNSHOWN) {
            return Uni.createFrom().failure(Unavailable.store("PostgreSQL", null));
        }
        if (outcome == Outcome.SKIPPED || outcome == Outcome.CONFLICT) {
            Receipt none = new Receipt(committed.write().board(), null, outcome, List.of());
            return Uni.createFrom().item(new Accepted(none, written.companion()));
        }
        return scores.receipt(committed).map(receipt -> new Accepted(receipt, written.companion()));
    }

    /**
     * An event and its document.
     *
     * @param submission without an id
     * @param eventId one that no client can choose
     * @param document JSON, given the instant at which the event occurs
     */
    public record Plan(
            Board board, Submission submission, String eventId, long hash, Function<Instant, String> document) {
        private ScoreWrite accompany(ScoreWrite write) {
            return write.accompaniedBy(document.apply(Instant.ofEpochMilli(write.occurredAt())), eventId, hash);
        }
    }

    /**
     * What has become of an event and its document.
     *
     * @param receipt with the outcome {@link Outcome#SKIPPED} when the event does not count, {@link Outcome#CONFLICT}
     *     when another document was accepted under the same id
     * @param document as JSON
     */
    public record Accepted(Receipt receipt, String document) {}
}
