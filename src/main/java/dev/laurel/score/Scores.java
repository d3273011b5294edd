package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.shared.EventIds;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.standings.write.WriteResult;
import dev.laurel.standings.write.WriteResult.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Accepts score events. Once an event is acknowledged, PostgreSQL has committed it and every later read shows it. */
@ApplicationScoped
public class Scores {
    private final Boards boards;
    private final Intake intake;
    private final NewPlayers newPlayers;
    private final Lanes lanes;
    private final Replays replays;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);

    Scores(Boards boards, Intake intake, NewPlayers newPlayers, Lanes lanes, Replays replays, MeterRegistry meters) {
        this.newPlayers = newPlayers;
        this.boards = boards;
        this.intake = intake;
        this.lanes = lanes;
        this.replays = replays;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, meters.counter(Meters.EVENTS, "outcome", outcome.name()));
        }
    }

    /**
     * Accepts one event.
     *
     * @return fails with {@link InvalidInput} naming the field, with {@link Conflict} when the event id is already
     *     taken by another event, with {@link Unavailable} when nothing could be written
     */
    public Uni<Receipt> submit(String boardName, Submission submission) {
        return boards.get(boardName).chain(board -> accept(board, submission));
    }

    /** As {@link #submit(String, Submission)}, for a board of any tenant. */
    public Uni<Receipt> submit(BoardName boardName, Submission submission) {
        return boards.get(boardName).chain(board -> accept(board, submission));
    }

    private Uni<Receipt> accept(Board board, Submission submission) {
        return Uni.createFrom()
                .deferred(() -> submit(board, submission))
                .onFailure(InvalidInput.class)
                .recoverWithUni(e -> replays.receiptOrRefusal(board, submission, e));
    }

    /**
     * Accepts an event made by an administrator, which is exempt from the board's rules for submissions.
     *
     * @return the windows' standings after it, or the original response when the same event was accepted before;
     *     fails with {@link Conflict} when one of its windows has been closed meanwhile, with {@link InvalidInput} when
     *     a standing would leave the exact range
     */
    public Uni<Receipt> submitByHand(ScoreWrite write) {
        return lanes.submit(write, () -> Uni.createFrom()
                        .failure(new Conflict("A window of the correction has been closed; check the board again")))
                .chain(this::receipt);
    }

    /**
     * Accepts an event that represents a score from another system.
     *
     * @return its outcome, {@link Outcome#CONFLICT} included; fails as {@link #submitByHand} does
     */
    public Uni<Outcome> takeOver(ScoreWrite write) {
        return lanes.submit(write, () -> Uni.createFrom()
                        .failure(new Conflict("The board or its window has changed meanwhile; send it again")))
                .map(committed -> committed.written().outcome())
                .invoke(outcome -> outcomes.get(outcome).increment())
                .invoke(Scores::requireShown);
    }

    /** The original response to an administrator's event that has been accepted. */
    public Uni<Receipt> answerByHand(Board board, String playerId, String eventId) {
        return replays.receipt(board, playerId, eventId, Report.RANKS);
    }

    private Uni<Receipt> submit(Board board, Submission submission) {
        long started = System.nanoTime();
        Uni<ScoreWrite> prepared = intake.prepare(board, submission);
        Uni<ScoreWrite> admitted = newPlayers.areWelcome(board)
                ? prepared
                : prepared.call(write -> newPlayers.require(board, write.playerId()));
        return admitted.invoke(() -> ServerTiming.record("validate", started))
                .chain(write -> lanes.submit(write, () -> again(board, submission, write)))
                .invoke(Committed::recordTimes)
                .chain(this::receipt);
    }

    /** Prepares an event again after its board or a window has changed. */
    Uni<ScoreWrite> again(Board outdated, Submission submission, ScoreWrite before) {
        return boards.get(outdated.fullName())
                .chain(board -> intake.prepareAgain(board, submission, Instant.ofEpochMilli(before.occurredAt())));
    }

    /** The response to an event, with the player's standings. */
    Uni<Receipt> receipt(Committed committed) {
        ScoreWrite write = committed.write();
        Receipt receipt = outcome(committed);
        return receipt.outcome() == Outcome.DUPLICATE
                ? replays.receipt(write.board(), write.playerId(), write.clientEventId(), write.report())
                : Uni.createFrom().item(receipt);
    }

    /**
     * The response to an event; without standings when the same event was accepted before.
     *
     * @throws Conflict when a different one was
     * @throws Unavailable when the same one was, but readers may not see it yet
     */
    Receipt outcome(Committed committed) {
        ScoreWrite write = committed.write();
        WriteResult written = committed.written();
        outcomes.get(written.outcome()).increment();
        if (written.outcome() == Outcome.CONFLICT) {
            throw Replays.taken(write.clientEventId());
        }
        requireShown(written.outcome());
        return new Receipt(
                write.board(), EventIds.shown(write.clientEventId()), written.outcome(), written.standings());
    }

    private static void requireShown(Outcome outcome) {
        if (outcome == Outcome.UNSHOWN) {
            throw Unavailable.store("PostgreSQL", null);
        }
    }
}
