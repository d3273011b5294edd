package dev.laurel.web.scores;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.BoardName;
import dev.laurel.board.access.Submitter;
import dev.laurel.board.access.Submitters;
import dev.laurel.limit.EventQuota;
import dev.laurel.score.BatchScores;
import dev.laurel.score.Scores;
import dev.laurel.score.Submission;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.standings.write.WriteResult.Outcome;
import dev.laurel.web.Parameters;
import dev.laurel.web.SentOnce;
import dev.laurel.web.body.MaxBody;
import dev.laurel.web.scores.ScoreBatchJson.Results;
import dev.laurel.web.scores.ScoreBatchJson.ScoreBatch;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Submitting scores, one or many. */
@Path("/api/v1/boards/{board}/scores")
@RequiresScope({Scope.WRITE, Scope.PLAYER})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Scores", description = "Submitting scores")
public class ScoresResource {
    private static final String NDJSON = "application/x-ndjson";

    private final Scores scores;
    private final BatchScores batches;
    private final ScoreBatchReader reader;
    private final Submitters submitters;
    private final EventQuota quota;

    ScoresResource(
            Scores scores, BatchScores batches, ScoreBatchReader reader, Submitters submitters, EventQuota quota) {
        this.quota = quota;
        this.scores = scores;
        this.batches = batches;
        this.reader = reader;
        this.submitters = submitters;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "submitScore",
            summary = "Submit a score event",
            description = "Returns once the event is safe in PostgreSQL and visible to every later read. "
                    + "With an event id the same call can be repeated without counting twice: it returns "
                    + "DUPLICATE and the standings of the first answer, or present ones if the first had fewer ranks than "
                    + "are asked for now. On a board with plausibility rules an event that "
                    + "breaks one is stored for review and does not count until an administrator accepts it: it is "
                    + "answered with 202 and HELD, and so is a repetition; after the decision a repetition is "
                    + "answered with DUPLICATE or REJECTED.")
    @APIResponse(
            responseCode = "200",
            description = "Accepted: the player's standings after the event",
            content = @Content(schema = @Schema(implementation = ReceiptJson.class)))
    @APIResponse(
            responseCode = "202",
            description = "Held for review: the event does not count yet",
            content = @Content(schema = @Schema(implementation = ReceiptJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "409", description = "The event id has been used for another event")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it, and nothing has changed")
    @APIResponse(
            responseCode = "503",
            description = "Not acknowledged; with an event id it is safe to try again after Retry-After")
    public Uni<RestResponse<ReceiptJson>> submit(
            @RestPath String board,
            @HeaderParam("Idempotency-Key")
                    @Parameter(description = "The event id, if the body has none; a different one is refused")
                    String idempotencyKey,
            @QueryParam("ranks")
                    @Parameter(
                            description = RanksShown.DESCRIPTION,
                            schema =
                                    @Schema(
                                            enumeration = {"NONE", "AFTER", "BOTH"},
                                            defaultValue = "BOTH"))
                    String ranks,
            ScoreRequest request) {
        Submitter caller = submitters.current();
        Submission submission = Parameters.body(request)
                .toSubmission(idempotencyKey, RanksShown.of(ranks))
                .byPlayer(caller.isPlayer());
        BoardName name = BoardName.of(board);
        return caller.permit(
                        board,
                        submission.playerId(),
                        () -> quota.within(name.tenant(), 1, () -> scores.submit(name, submission)))
                .map(ReceiptJson::of)
                .map(receipt -> RestResponse.status(
                        receipt.status() == Outcome.HELD ? RestResponse.Status.ACCEPTED : RestResponse.Status.OK,
                        receipt));
    }

    @RequiresScope(Scope.WRITE)
    @POST
    @SentOnce
    @Path("/batch")
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @MaxBody(MaxBody.ITEMS)
    @Operation(
            operationId = "submitScores",
            summary = "Submit up to 10,000 score events",
            description = "Events of a player are applied in the order of the batch. Each event succeeds or is refused "
                    + "on its own; with atomic=true all are written in one transaction, or none. An event that is held "
                    + "for review (HELD) is accepted in either case, and keeps no other one from counting.")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ScoreBatch.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = ScoreRequest.class))
            })
    @APIResponse(responseCode = "200", description = "The result of each event, in order")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "409", description = "With atomic: an event id has been used for another event")
    @APIResponse(
            responseCode = "422",
            description = "The batch is empty or too large; with atomic: every invalid field")
    @APIResponse(
            responseCode = "503",
            description = "Not acknowledged; with an event id it is safe to try again after Retry-After")
    public Uni<Results> submitAll(
            @RestPath String board,
            @QueryParam("atomic") @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String atomic,
            @QueryParam("standings")
                    @Parameter(
                            description =
                                    "Whether each result contains the player's standings after the event, with ranks",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String standings,
            @QueryParam("ranks")
                    @Parameter(
                            description = RanksShown.DESCRIPTION + ". Of use with standings=true",
                            schema =
                                    @Schema(
                                            enumeration = {"NONE", "AFTER", "BOTH"},
                                            defaultValue = "BOTH"))
                    String ranks,
            @HeaderParam("Content-Type") String type,
            byte[] body) {
        boolean together = Parameters.flag("atomic", atomic);
        boolean told = Parameters.flag("standings", standings);
        Report asked = RanksShown.of(ranks);
        Report report = told ? asked : Report.OUTCOME;
        boolean lines = type != null && type.regionMatches(true, 0, NDJSON, 0, NDJSON.length());
        BoardName name = BoardName.of(board);
        return reader.read(Parameters.body(body), lines)
                .chain(items -> quota.within(
                        name.tenant(),
                        items.size(),
                        () -> together
                                ? batches.submitAtomically(name, items, report)
                                        .map(receipts -> Results.ofAll(receipts, told))
                                : batches.submit(name, items, report).map(results -> Results.of(results, told))));
    }
}
