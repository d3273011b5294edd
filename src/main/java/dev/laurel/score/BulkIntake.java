package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.shared.Activity;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.ScoreWrite.Effect;
import dev.laurel.standings.write.ScoreWrite.Report;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Validates events that come by the thousand, by the rules for a single one. Where they count is for the caller to find. */
@ApplicationScoped
public class BulkIntake {
    private final ScoreConfig config;

    BulkIntake(ScoreConfig config) {
        this.config = config;
    }

    /**
     * Validates an event; looks nothing up.
     *
     * @throws InvalidInput naming the field
     */
    public Checked check(Board board, Candidate candidate, Terms terms) {
        PlayerIds.require("playerId", candidate.playerId());
        List<Long> units = SubmissionRules.inBounds(board.definition(), candidate.metrics());
        Instant at = candidate.occurredAt() == null ? terms.at() : occurredAt(board, candidate, terms);
        boolean own = candidate.eventId() == null;
        String eventId = own ? candidate.ownId() : SubmissionRules.eventId(candidate.eventId());
        List<Long> further = units.subList(1, units.size());
        Submission same = new Submission(
                candidate.playerId(),
                null,
                Collections.emptySortedMap(),
                eventId,
                candidate.occurredAt(),
                null,
                candidate.activity(),
                false,
                Report.OUTCOME);
        long hash = SubmissionRules.contentHash(units.get(0), further, same);
        return new Checked(candidate.playerId(), units.get(0), further, at, eventId, hash, candidate.activity());
    }

    private Instant occurredAt(Board board, Candidate candidate, Terms terms) {
        return terms.historic()
                ? SubmissionRules.historic(candidate.occurredAt(), terms.now(), config.maxFuture())
                : SubmissionRules.occurredAt(
                        board.definition(), candidate.occurredAt(), terms.now(), config.maxFuture());
    }

    /**
     * An event as a file has it.
     *
     * @param metrics in units, in the order of the board; null for those that are missing
     * @param eventId null for none
     * @param ownId which it gets then; no client can choose it
     * @param occurredAt null for the time of the file
     */
    public record Candidate(
            String playerId, List<Long> metrics, String eventId, String ownId, Instant occurredAt, Activity activity) {}

    /**
     * The terms on which events are accepted.
     *
     * @param now when they arrive: what is older or newer than the board accepts is so by this
     * @param at when an event without a time of its own happens; the caller knows that it is accepted
     * @param historic whether events may be older than the board accepts from clients
     */
    public record Terms(Instant now, Instant at, boolean historic) {}

    /**
     * An event that satisfies the rules.
     *
     * @param further scores by the further metrics
     */
    public record Checked(
            String playerId, long score, List<Long> further, Instant at, String eventId, long hash, Activity activity) {
        /** As it is written, into the windows given, all of which are open. */
        public ScoreWrite in(Board board, List<WindowRef> windows) {
            return new ScoreWrite(
                    board,
                    playerId,
                    score,
                    further,
                    at.toEpochMilli(),
                    Effect.OPERATE,
                    eventId,
                    hash,
                    null,
                    windows,
                    Set.of(),
                    null,
                    activity,
                    Report.OUTCOME);
        }
    }
}
