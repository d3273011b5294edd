package dev.laurel.web.scores;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.access.Submitter;
import dev.laurel.board.access.Submitters;
import dev.laurel.limit.EventQuota;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.score.BatchScores;
import dev.laurel.score.Submission;
import dev.laurel.shared.Tenant;
import dev.laurel.web.Parameters;
import dev.laurel.web.scores.ScoreBatchJson.BoardReceipts;
import dev.laurel.web.scores.ScoreBatchJson.MultiBoardRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.util.List;

/** Submitting one player's score to several boards. */
@Path("/api/v1/scores")
@RequiresScope(
        value = {Scope.WRITE, Scope.PLAYER},
        withinBoards = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Scores")
public class MultiBoardScoresResource {
    private final BatchScores scores;
    private final Submitters submitters;
    private final EventQuota quota;

    MultiBoardScoresResource(BatchScores scores, Submitters submitters, EventQuota quota) {
        this.quota = quota;
        this.scores = scores;
        this.submitters = submitters;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "submitToBoards",
            summary = "Submit one player's event to several boards",
            description = "Written in one transaction: the event counts on all of the boards, or on none.")
    @APIResponse(
            responseCode = "200",
            description = "The player's standings on each board, in the order of the request")
    @APIResponse(responseCode = "404", description = "One of the boards does not exist; nothing has changed")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it, and nothing has changed")
    public Uni<BoardReceipts> submitToBoards(
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @QueryParam("ranks")
                    @Parameter(
                            description = RanksShown.DESCRIPTION,
                            schema =
                                    @Schema(
                                            enumeration = {"NONE", "AFTER", "BOTH"},
                                            defaultValue = "BOTH"))
                    String ranks,
            MultiBoardRequest request) {
        List<String> boards = Parameters.body(request).boards();
        Submitter caller = submitters.current();
        Submission submission =
                request.toSubmission(idempotencyKey, RanksShown.of(ranks)).byPlayer(caller.isPlayer());
        List<String> named = boards == null ? List.of() : boards;
        // More boards are refused, by what follows.
        int events = Math.min(named.size(), BatchScores.MAX_BOARDS);
        Tenant tenant = CurrentTenant.get();
        return caller.permit(
                        named,
                        submission.playerId(),
                        () -> quota.within(tenant, events, () -> scores.submitToBoards(boards, submission)))
                .map(BoardReceipts::of);
    }
}
