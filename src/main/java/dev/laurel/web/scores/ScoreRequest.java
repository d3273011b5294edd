package dev.laurel.web.scores;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.board.rules.MetricRules;
import dev.laurel.score.Submission;
import dev.laurel.shared.Activity;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.web.FreeObject;
import dev.laurel.web.NumberText;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A score event as a client writes it. */
@Schema(name = "ScoreEvent")
public record ScoreRequest(
        @Schema(required = true, examples = "alice", minLength = 1, maxLength = 128, pattern = PlayerIds.PATTERN)
        String playerId,

        @Schema(required = true, examples = "3") NumberText score,

        @Schema(
                description =
                        "By further metric of the board, such as {\"kills\": 12}; where scores are added up, an omitted "
                                + "one is 0",
                type = SchemaType.OBJECT,
                additionalProperties = Number.class)
        Map<String, NumberText> metrics,

        @Schema(description = "Makes a retry safe", examples = "order-4711")
        String eventId,

        @Schema(description = "Default: now; not older than the board's lateness", format = "date-time")
        String occurredAt,

        @Schema(description = "Kept with the event") ObjectNode attributes,

        @Schema(description = "What the player did, such as a lesson", examples = "lesson-12", pattern = Ids.PATTERN)
        String activity,

        @Schema(description = "Topics of the activity", maxItems = Activity.MAX_TAGS, examples = "[\"loops\"]")
        List<String> tags,

        @Schema(
                description = "How the attempt ended; with a score of 0 it is an attempt all the same",
                enumeration = {"COMPLETED", "FAILED", "PARTIAL"})
        String outcome,

        @Schema(description = "How long it took", minimum = "0", maximum = "2678400000")
        Long durationMs) {
    /**
     * Converts to the use case's submission.
     *
     * @param idempotencyKey the event id given in the header; may be null
     * @param report what the answer is to say of the standings
     * @throws InvalidInput when header and body name different ones
     */
    Submission toSubmission(String idempotencyKey, Report report) {
        if (idempotencyKey != null && eventId != null && !idempotencyKey.equals(eventId)) {
            throw new InvalidInput(
                    "eventId",
                    "differs from the header Idempotency-Key; send only one of them, or the same value in both");
        }
        return new Submission(
                playerId,
                NumberText.of(score),
                numbers(metrics),
                eventId == null ? idempotencyKey : eventId,
                instant("occurredAt", occurredAt),
                FreeObject.text("attributes", attributes),
                Activity.of(activity, tags, outcome, durationMs),
                false,
                report);
    }

    private static SortedMap<String, String> numbers(Map<String, NumberText> metrics) {
        SortedMap<String, String> numbers = new TreeMap<>();
        if (metrics != null) {
            if (metrics.size() > MetricRules.MAX_METRICS) {
                throw new InvalidInput("metrics", "must not be more than " + MetricRules.MAX_METRICS);
            }
            metrics.forEach((name, number) -> numbers.put(name, NumberText.of(number)));
        }
        return numbers;
    }

    public static Instant instant(String field, String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidInput(field, "must be an RFC 3339 instant, such as 2026-11-20T09:30:00Z");
        }
    }
}
