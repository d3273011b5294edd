package dev.laurel.score;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Score;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules that a submission must satisfy before anything is written. */
final class SubmissionRules {
    /** Between these bounds window keys are exact in every store; no real board needs more. */
    private static final Instant EARLIEST = Instant.parse("1700-01-01T00:00:00Z");

    private SubmissionRules() {}

    /**
     * The score in units.
     *
     * @throws InvalidInput when it is not a number with the board's decimals, or out of its bounds
     */
    static long score(BoardDefinition definition, String text) {
        return number(definition, "score", text);
    }

    /**
     * The scores by the further metrics of a board, in units, in the order of the metrics; null for derived ones, and for
     * missing ones that a submission may lack. Of the others, where scores are added up, a missing one counts as 0;
     * otherwise a submission is stored as a whole, and must be complete.
     *
     * @throws InvalidInput naming a metric that is not a number, is missing, or is not one of the board's
     */
    static List<Long> furtherMetrics(BoardDefinition definition, Map<String, String> metrics) {
        for (String name : metrics.keySet()) {
            int number = definition.metrics().indexOf(name);
            if (number < 1 || !definition.isSubmitted(number)) {
                throw new InvalidInput("metrics." + name, unknownMetric(definition, name));
            }
        }
        List<Long> scores = new ArrayList<>(definition.metrics().size() - 1);
        for (int number = 1; number < definition.metrics().size(); number++) {
            String name = definition.metrics().get(number);
            String text = metrics.get(name);
            scores.add(
                    text == null && (definition.isOptional(number) || definition.operator() == Operator.SUM)
                            ? definition.nothing(number)
                            : Long.valueOf(number(definition, "metrics." + name, text)));
        }
        return scores;
    }

    private static String unknownMetric(BoardDefinition definition, String name) {
        if (definition.metricRules().derived().containsKey(name)) {
            return "is derived from other metrics";
        }
        return name.equals(definition.metrics().get(0))
                ? "is the board's first metric: its value is the score"
                : "is not a metric of this board";
    }

    /**
     * The scores by all metrics of a board, in their order.
     *
     * @param units as given; null for those that are missing, and for derived ones
     * @throws InvalidInput as for {@link #score} and {@link #furtherMetrics}
     */
    static List<Long> inBounds(BoardDefinition definition, List<Long> units) {
        List<Long> scores = new ArrayList<>(units.size());
        for (int i = 0; i < units.size(); i++) {
            String field = i == 0 ? "score" : "metrics." + definition.metrics().get(i);
            if (units.get(i) != null) {
                scores.add(bounded(definition, field, units.get(i)));
            } else if (i > 0 && (definition.isOptional(i) || definition.operator() == Operator.SUM)) {
                scores.add(definition.nothing(i));
            } else {
                throw new InvalidInput(field, "is missing");
            }
        }
        return scores;
    }

    private static long number(BoardDefinition definition, String field, String text) {
        return bounded(definition, field, Score.parse(field, text, definition.decimals()));
    }

    private static long bounded(BoardDefinition definition, String field, long units) {
        if (units < definition.minScore() || units > definition.maxScore()) {
            throw new InvalidInput(
                    field,
                    "must be within " + Score.toNumber(definition.minScore(), definition.decimals()) + " and "
                            + Score.toNumber(definition.maxScore(), definition.decimals()));
        }
        // For other operators a step is the distance from the standing, which only PostgreSQL knows.
        Long maxStep = definition.operator() == Operator.SUM ? definition.maxStep() : null;
        if (maxStep != null && Math.abs(units) > maxStep) {
            throw new InvalidInput(
                    field, "must not be further from 0 than " + Score.toNumber(maxStep, definition.decimals()));
        }
        return units;
    }

    /**
     * The instant at which an event counts.
     *
     * @throws InvalidInput when it is in the future, or further in the past than the board's lateness allows
     */
    static Instant occurredAt(BoardDefinition definition, Instant claimed, Instant now, Duration maxFuture) {
        if (claimed == null) {
            return now;
        }
        if (claimed.isAfter(now.plus(maxFuture))) {
            throw new InvalidInput("occurredAt", "is in the future");
        }
        if (claimed.isBefore(now.minus(definition.lateness())) || claimed.isBefore(EARLIEST)) {
            throw new InvalidInput("occurredAt", "is older than the board accepts (" + definition.lateness() + ")");
        }
        return claimed;
    }

    /**
     * The instant at which an event counts, however long ago.
     *
     * @throws InvalidInput when it is in the future, or before all windows
     */
    static Instant historic(Instant claimed, Instant now, Duration maxFuture) {
        if (claimed == null) {
            return now;
        }
        if (claimed.isAfter(now.plus(maxFuture))) {
            throw new InvalidInput("occurredAt", "is in the future");
        }
        if (claimed.isBefore(EARLIEST)) {
            throw new InvalidInput("occurredAt", "is before the year 1700");
        }
        return claimed;
    }

    /** Returns the id unchanged. Null stays null: an event without a client-chosen id cannot be repeated. */
    static String eventId(String id) {
        return id == null ? null : Ids.require("eventId", id);
    }

    /** As below, for a submission that may break rules; empty when its score is not a valid number for the board. */
    static Optional<Long> contentHash(BoardDefinition definition, Submission submission) {
        try {
            long score = Score.parse("score", submission.score(), definition.decimals());
            return Optional.of(contentHash(score, furtherMetrics(definition, submission.metrics()), submission));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    /** Distinguishes the content of an event from that of another one under the same id: 64 bits of a SHA-256. */
    static long contentHash(long score, List<Long> furtherMetrics, Submission submission) {
        // Metrics that came later, and are not named, leave the hash as it was.
        int last = furtherMetrics.size();
        while (last > 0 && furtherMetrics.get(last - 1) == null) {
            last--;
        }
        List<Long> named = furtherMetrics.subList(0, last);
        String content = submission.playerId()
                + '\0'
                + score
                + '\0'
                + submission.occurredAt()
                + '\0'
                + submission.attributes()
                + (named.isEmpty() ? "" : "\0" + named)
                // Events without one keep the hash that they had before there were activities.
                + (submission.activity().isNone() ? "" : "\0" + submission.activity());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
