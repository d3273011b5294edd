package dev.laurel.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.score.Scores;
import dev.laurel.score.Submission;
import dev.laurel.shared.LaurelException.InvalidInput;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Submitting scores. */
@Path("/api/v1/boards/{board}/scores")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Scores", description = "Submitting scores")
public class ScoresResource {
    /** Characters of the attributes of one event, as JSON. */
    private static final int MAX_ATTRIBUTES = 4_096;

    private final Scores scores;

    ScoresResource(Scores scores) {
        this.scores = scores;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "submitScore",
            summary = "Submit a score event",
            description = "Answers when the event is safe in PostgreSQL and shown by every later read. "
                    + "With an event id the same call can be repeated without counting twice.")
    @APIResponse(responseCode = "200", description = "Accepted: the player's standings after it")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "409", description = "The event id has been used for another event")
    @APIResponse(responseCode = "422", description = "A field is not valid; it is named, and nothing has changed")
    @APIResponse(responseCode = "503", description = "Nothing was written; try again after Retry-After")
    public Uni<ReceiptJson> submit(
            @RestPath String board,
            @HeaderParam("Idempotency-Key") @Parameter(description = "Event id, if the body names none")
                    String idempotencyKey,
            ScoreRequest request) {
        return scores.submit(board, Parameters.body(request).toSubmission(idempotencyKey))
                .map(ReceiptJson::of);
    }

    /** A score event as a client writes it. */
    @Schema(name = "ScoreEvent")
    public record ScoreRequest(
            @Schema(required = true, examples = "alice") String playerId,
            @Schema(required = true, examples = "3") NumberText score,

            @Schema(description = "Makes a retry safe", examples = "order-4711")
            String eventId,

            @Schema(description = "Now, when not given; not older than the board's lateness", format = "date-time")
            String occurredAt,

            @Schema(description = "Kept with the event") ObjectNode attributes) {
        Submission toSubmission(String idempotencyKey) {
            return new Submission(
                    playerId,
                    NumberText.of(score),
                    eventId == null ? idempotencyKey : eventId,
                    instant(occurredAt),
                    attributesText());
        }

        private String attributesText() {
            if (attributes == null) {
                return null;
            }
            String text = attributes.toString();
            if (text.length() > MAX_ATTRIBUTES) {
                throw new InvalidInput("attributes", "must not be longer than " + MAX_ATTRIBUTES + " characters");
            }
            if (text.contains("\\u0000")) {
                throw new InvalidInput("attributes", "must not contain the character U+0000");
            }
            return text;
        }

        private static Instant instant(String text) {
            if (text == null) {
                return null;
            }
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new InvalidInput("occurredAt", "must be an RFC 3339 instant, as 2026-11-20T09:30:00Z");
            }
        }
    }
}
