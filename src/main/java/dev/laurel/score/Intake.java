package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.standings.window.Generations;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.window.WindowState;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.ScoreWrite.Effect;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Validates submissions and finds the windows they belong to: the result can be written. */
@ApplicationScoped
class Intake {
    private final WindowRegistry windows;
    private final Generations generations;
    private final ScoreConfig config;
    private final Clock clock;

    Intake(WindowRegistry windows, Generations generations, ScoreConfig config, Clock clock) {
        this.windows = windows;
        this.generations = generations;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Prepares one event.
     *
     * @return fails with {@link InvalidInput} naming the field
     */
    Uni<ScoreWrite> prepare(Board board, Submission submission) {
        return prepare(board, submission, clock.instant());
    }

    /**
     * Prepares an event again after its board or a window has changed. An event without a time of its own keeps the
     * moment at which it was received, so that a player's events stay in order, unless one of its windows has been
     * closed or reset since: it is never too late, and happens now instead.
     *
     * @return fails as {@link #prepare(Board, Submission)} does
     */
    Uni<ScoreWrite> prepareAgain(Board board, Submission submission, Instant taken) {
        if (submission.occurredAt() != null) {
            return prepare(board, submission);
        }
        return windows.openAt(board, taken)
                .chain(own -> areOpen(own)
                        ? generations.begunAfter(taken, own).map(reset -> reset.isEmpty())
                        : Uni.createFrom().item(false))
                .chain(holds -> prepare(board, submission, holds ? taken : clock.instant()));
    }

    private Uni<ScoreWrite> prepare(Board board, Submission submission, Instant now) {
        PlayerIds.require("playerId", submission.playerId());
        SubmissionRules.eventId(submission.eventId());
        String eventId = submission.storedId();
        long score = SubmissionRules.score(board.definition(), submission.score());
        List<Long> furtherMetrics = SubmissionRules.furtherMetrics(board.definition(), submission.metrics());
        Instant occurredAt =
                SubmissionRules.occurredAt(board.definition(), submission.occurredAt(), now, config.maxFuture());
        long hash = eventId == null ? 0 : SubmissionRules.contentHash(score, furtherMetrics, submission);
        return windows.openAt(board, occurredAt)
                .invoke(own -> requireOpen(board, own))
                .call(own -> requireSinceReset(submission, own))
                .map(own -> new ScoreWrite(
                        board,
                        submission.playerId(),
                        score,
                        furtherMetrics,
                        occurredAt.toEpochMilli(),
                        Effect.OPERATE,
                        eventId,
                        hash,
                        submission.attributes(),
                        own,
                        Set.of(),
                        null,
                        submission.activity(),
                        submission.report()));
    }

    private static boolean areOpen(List<WindowRef> windows) {
        return windows.stream().allMatch(window -> window.state() == WindowState.OPEN);
    }

    private static void requireOpen(Board board, List<WindowRef> own) {
        if (own.isEmpty()) {
            throw new InvalidInput(
                    "occurredAt",
                    "lies in no season, and board " + board.name() + " has no other period to count it in");
        }
        for (WindowRef window : own) {
            if (window.state() != WindowState.OPEN) {
                throw new InvalidInput("occurredAt", "belongs to window " + window.id() + ", which has been closed");
            }
        }
    }

    /**
     * An event from before a reset belongs to the generation that the reset has closed. An event without a time of its
     * own happens when it is received, which is after every past reset.
     */
    private Uni<Void> requireSinceReset(Submission submission, List<WindowRef> own) {
        if (submission.occurredAt() == null) {
            return Uni.createFrom().voidItem();
        }
        return generations
                .begunAfter(submission.occurredAt(), own)
                .invoke(reset -> reset.ifPresent(window -> {
                    throw new InvalidInput("occurredAt", "is before the last reset of window " + window.id());
                }))
                .replaceWithVoid();
    }
}
