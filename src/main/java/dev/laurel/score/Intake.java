package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.ScoreWrite;
import dev.laurel.standings.ScoreWrite.Effect;
import dev.laurel.standings.WindowRef;
import dev.laurel.standings.WindowRegistry;
import dev.laurel.standings.WindowState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Checks submissions and finds the windows they belong to: what comes out can be written. */
@ApplicationScoped
class Intake {
    private final WindowRegistry windows;
    private final ScoreConfig config;
    private final Clock clock;

    Intake(WindowRegistry windows, ScoreConfig config, Clock clock) {
        this.windows = windows;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Prepares one event.
     *
     * @return fails with {@link InvalidInput} naming the field
     */
    Uni<ScoreWrite> prepare(Board board, Submission submission) {
        Ids.require("playerId", submission.playerId());
        String eventId = SubmissionRules.eventId(submission.eventId());
        long score = SubmissionRules.score(board.definition(), submission.score());
        List<Long> more = SubmissionRules.more(board.definition(), submission.metrics());
        Instant occurredAt = SubmissionRules.occurredAt(
                board.definition(), submission.occurredAt(), clock.instant(), config.maxFuture());
        long hash = eventId == null ? 0 : SubmissionRules.contentHash(score, more, submission);
        return windows.openAt(board, occurredAt)
                .invoke(Intake::requireOpen)
                .map(own -> new ScoreWrite(
                        board,
                        submission.playerId(),
                        score,
                        more,
                        occurredAt.toEpochMilli(),
                        Effect.OPERATE,
                        eventId,
                        hash,
                        submission.attributes(),
                        own,
                        Set.of()));
    }

    private static void requireOpen(List<WindowRef> own) {
        for (WindowRef window : own) {
            if (window.state() != WindowState.OPEN) {
                throw new InvalidInput("occurredAt", "belongs to window " + window.id() + ", which has been closed");
            }
        }
    }
}
