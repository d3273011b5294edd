package dev.laurel.challenge;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.challenge.ChallengeCache.VariantOf;
import dev.laurel.challenge.SubmissionResult.Clearance;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.PlayerKey;
import dev.laurel.score.AccompaniedScores;
import dev.laurel.score.AccompaniedScores.Accepted;
import dev.laurel.score.AccompaniedScores.Plan;
import dev.laurel.score.Receipt;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Accepts submissions to challenges. Once one is acknowledged, PostgreSQL has committed it, and the points that it has
 * earned in the same transaction.
 */
@ApplicationScoped
public class Submissions {
    private static final String RECORD = "SELECT became, answer::text FROM record_submissions(ARRAY[$1::text])";

    private static final String REPEATED =
            "SELECT content_hash, submission_answer(s)::text FROM submission s WHERE s.id = $1";

    /** Raised by {@code record_submissions}. */
    private static final String CHALLENGE_CHANGED = "LB007";

    /** The definition would have to change during every one of the attempts. */
    private static final int MAX_RENEWALS = 3;

    private final Challenges challenges;
    private final Boards boards;
    private final AccompaniedScores accompanied;
    private final ChallengeCache cache;
    private final Sql sql;
    private final Clock clock;
    private final ChallengeConfig config;
    private final AtomicLong inProgress = new AtomicLong();

    Submissions(
            Challenges challenges,
            Boards boards,
            AccompaniedScores accompanied,
            ChallengeCache cache,
            Sql sql,
            Clock clock,
            ChallengeConfig config) {
        this.challenges = challenges;
        this.boards = boards;
        this.accompanied = accompanied;
        this.cache = cache;
        this.sql = sql;
        this.clock = clock;
        this.config = config;
    }

    /**
     * Accepts a submission.
     *
     * @return fails with {@link NotFound} when there is no such challenge or variant, with {@link InvalidInput} naming
     *     the field, with {@link Conflict} when the variant is not open, when its board does not accept the points, or
     *     when the key was used for another submission, with {@link Unavailable} when it is unknown whether it was
     *     written. A repetition gets the first response, even if it would be refused by now
     */
    public Uni<SubmissionResult> submit(ChallengeKey key, String variant, Attempt attempt) {
        int size = attempt.content().length();
        if (inProgress.addAndGet(size) > config.maxInProgress()) {
            inProgress.addAndGet(-size);
            return Uni.createFrom().failure(Unavailable.overloaded("Too many submissions are waiting to be written"));
        }
        return accept(key, variant, attempt).onTermination().invoke(() -> inProgress.addAndGet(-size));
    }

    private Uni<SubmissionResult> accept(ChallengeKey key, String variant, Attempt attempt) {
        return document(key, variant, attempt)
                .chain(document -> (attempt.cleared() ? clear(document) : record(document, 0))
                        .onItemOrFailure()
                        .invoke((result, failure) -> changed(document, result)))
                .onFailure(Submissions::isRefusal)
                .recoverWithUni(refusal -> repeatedOr(refusal, key, variant, attempt));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof InvalidInput || failure instanceof Conflict || failure instanceof NotFound;
    }

    /** After a failure the outcome is unknown. */
    private void changed(SubmissionDocument document, SubmissionResult result) {
        Challenge challenge = document.challenge();
        cache.submitted(
                new VariantOf(challenge.number(), document.variant()),
                new PlayerKey(challenge.key().tenant(), document.attempt().playerId()),
                result == null || result.cleared() == Clearance.FIRST);
    }

    private Uni<SubmissionDocument> document(ChallengeKey key, String variant, Attempt attempt) {
        return challenges
                .known(key)
                .invoke(challenge -> challenge.requireOpen(variant, clock.instant()))
                .invoke(challenge -> challenge.requireMeasured(attempt))
                .map(challenge -> SubmissionDocument.of(challenge, variant, attempt));
    }

    /** The same submission for the definition as it is now. */
    private Uni<SubmissionDocument> again(SubmissionDocument outdated) {
        cache.definitionChanged();
        return document(outdated.challenge().key(), outdated.variant(), outdated.attempt());
    }

    private Uni<SubmissionResult> record(SubmissionDocument document, int renewals) {
        return sql.run(RECORD, document.text(clock.instant()))
                .map(rows -> recorded(document, rows.iterator().next()))
                .onFailure(Submissions::isOutdated)
                .recoverWithUni(() -> renewals == MAX_RENEWALS
                        ? Uni.createFrom().failure(Unavailable.overloaded("The challenge is being changed"))
                        : again(document).chain(now -> record(now, renewals + 1)));
    }

    private static boolean isOutdated(Throwable failure) {
        return failure instanceof PgException e && CHALLENGE_CHANGED.equals(e.getSqlState());
    }

    private static SubmissionResult recorded(SubmissionDocument document, Row row) {
        JsonObject answer = new JsonObject(row.getString(1));
        return switch (row.getString(0)) {
            case "C", "W" -> throw taken(document, answer);
            default -> result(document, answer, null);
        };
    }

    private Uni<SubmissionResult> clear(SubmissionDocument first) {
        AtomicReference<SubmissionDocument> last = new AtomicReference<>();
        return accompanied
                .submit(() -> (last.get() == null ? Uni.createFrom().item(first) : again(last.get()))
                        .invoke(last::set)
                        .chain(this::plan))
                // Of the points, which the client has not sent.
                .onFailure(InvalidInput.class)
                .transform(e -> notTaken(first, e.getMessage()))
                .map(accepted -> cleared(last.get(), accepted));
    }

    private Uni<Plan> plan(SubmissionDocument document) {
        return board(document.challenge())
                .onFailure(NotFound.class)
                .transform(e -> notTaken(document, e.getMessage()))
                .map(board -> new Plan(
                        board,
                        document.points(),
                        document.eventId(),
                        document.hash(),
                        at -> document.text(at, board.id())));
    }

    private Uni<Board> board(Challenge challenge) {
        return boards.get(
                new BoardName(challenge.key().tenant(), challenge.definition().board()));
    }

    private static Conflict notTaken(SubmissionDocument document, String reason) {
        return new Conflict("The points cannot go to board "
                + document.challenge().definition().board() + ": " + reason);
    }

    private static SubmissionResult cleared(SubmissionDocument document, Accepted accepted) {
        JsonObject answer = new JsonObject(accepted.document());
        return switch (accepted.receipt().outcome()) {
            case CONFLICT -> throw taken(document, answer);
            case SKIPPED -> result(document, answer, null);
            default -> result(document, answer, accepted.receipt());
        };
    }

    private static SubmissionResult result(SubmissionDocument document, JsonObject answer, Receipt receipt) {
        return SubmissionResult.of(document.challenge(), document.variant(), answer, receipt);
    }

    private static Conflict taken(SubmissionDocument document, JsonObject answer) {
        return new Conflict("Idempotency-Key " + document.attempt().key()
                + (answer.getBoolean("withdrawn")
                        ? " belongs to a submission that has been taken back"
                        : " has been used for another submission"));
    }

    /** The first response to a submission that would be refused now, if it was accepted before. */
    private Uni<SubmissionResult> repeatedOr(Throwable refusal, ChallengeKey key, String variant, Attempt attempt) {
        if (attempt.key() == null) {
            return Uni.createFrom().failure(refusal);
        }
        return challenges
                .known(key)
                .map(challenge -> SubmissionDocument.of(challenge, variant, attempt))
                .chain(document -> sql.run(REPEATED, document.id())
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().failure(refusal)
                                : repeated(document, rows.iterator().next())));
    }

    private Uni<SubmissionResult> repeated(SubmissionDocument document, Row row) {
        JsonObject answer = new JsonObject(row.getString(1));
        if (row.getLong(0) != document.hash() || answer.getBoolean("withdrawn")) {
            return Uni.createFrom().failure(taken(document, answer));
        }
        if (Clearance.valueOf(answer.getString("cleared")) != Clearance.FIRST) {
            return Uni.createFrom().item(result(document, answer, null));
        }
        return board(document.challenge())
                .chain(board -> accompanied.repeated(board, document.attempt().playerId(), document.eventId()))
                .map(receipt -> result(document, answer, receipt))
                .onFailure(NotFound.class)
                .recoverWithItem(() -> result(document, answer, null));
    }
}
