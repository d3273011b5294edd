package dev.laurel.score;

import dev.laurel.board.BoardDefinition;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Score;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a submission must fulfil before anything is written. */
final class SubmissionRules {
    /** Window keys are exact in every store between these; no board of this world needs more. */
    private static final Instant EARLIEST = Instant.parse("1700-01-01T00:00:00Z");

    private SubmissionRules() {}

    /**
     * The score in units.
     *
     * @throws InvalidInput when it is no number of the board's decimals, or out of its bounds
     */
    static long score(BoardDefinition definition, String text) {
        long units = Score.parse("score", text, definition.decimals());
        if (units < definition.minScore() || units > definition.maxScore()) {
            throw new InvalidInput(
                    "score",
                    "must lie within " + Score.toNumber(definition.minScore(), definition.decimals()) + " and "
                            + Score.toNumber(definition.maxScore(), definition.decimals()));
        }
        return units;
    }

    /**
     * The instant at which an event counts.
     *
     * @throws InvalidInput when it lies in the future, or further back than the board's lateness allows
     */
    static Instant occurredAt(BoardDefinition definition, Instant claimed, Instant now, Duration maxFuture) {
        if (claimed == null) {
            return now;
        }
        if (claimed.isAfter(now.plus(maxFuture))) {
            throw new InvalidInput("occurredAt", "lies in the future");
        }
        if (claimed.isBefore(now.minus(definition.lateness())) || claimed.isBefore(EARLIEST)) {
            throw new InvalidInput("occurredAt", "is older than the board accepts (" + definition.lateness() + ")");
        }
        return claimed;
    }

    /** Null stays null: an event without an id of the client's cannot be repeated. */
    static String eventId(String id) {
        return id == null ? null : Ids.require("eventId", id);
    }

    /** As below, of a submission that may break rules; empty when its score is no number of the board. */
    static Optional<Long> contentHash(BoardDefinition definition, Submission submission) {
        try {
            return Optional.of(
                    contentHash(Score.parse("score", submission.score(), definition.decimals()), submission));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    /** Tells the content of an event apart from another one's under the same id: 64 bits of a SHA-256. */
    static long contentHash(long score, Submission submission) {
        String content =
                submission.playerId() + '\0' + score + '\0' + submission.occurredAt() + '\0' + submission.attributes();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
