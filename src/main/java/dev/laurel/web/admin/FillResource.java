package dev.laurel.web.admin;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.Boards;
import dev.laurel.correction.Decision;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.standings.load.PeriodFills;
import dev.laurel.web.Parameters;
import dev.laurel.web.corrections.CorrectionJson.DecisionRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
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
import org.jboss.resteasy.reactive.RestPath;

/** Fills past windows that a board never had from the ledger. */
@Path("/api/v1/admin/boards/{board}/windows/{period}/fill")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class FillResource {
    private final Boards boards;
    private final PeriodFills fills;

    FillResource(Boards boards, PeriodFills fills) {
        this.boards = boards;
        this.fills = fills;
    }

    @POST
    @Operation(
            operationId = "fillWindow",
            summary = "Fill a past window of a period added later from the ledger",
            description =
                    "The current window is filled automatically when a period is added. A past one is counted from the"
                            + " ledger, ranked and archived in one transaction, and reported as a closing like any other.")
    @APIResponse(responseCode = "200", description = "The window is archived; returns the number of ranked players")
    @APIResponse(responseCode = "404", description = "There is no such board or period, or the window has no events")
    @APIResponse(responseCode = "409", description = "The board already has the window, or the window is not over")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<FilledJson> fill(
            @RestPath String board,
            @RestPath @Parameter(schema = @Schema(ref = "PeriodPath")) String period,
            @QueryParam("window")
                    @Parameter(
                            required = true,
                            description = "Name of the window, without a generation",
                            example = "2026-11-20")
                    String window,
            DecisionRequest request) {
        Period wanted = Period.withOwnWindows("period", period);
        Decision decision = Parameters.body(request).decision();
        if (window == null) {
            throw new InvalidInput("window", "is missing");
        }
        return boards.get(board)
                .chain(found -> fills.fillPast(found, wanted, window, decision.reason(), decision.author()))
                .map(players -> new FilledJson(wanted, window, players));
    }

    /** A window that has been filled and archived. */
    @Schema(name = "FilledWindow")
    public record FilledJson(
            Period period,
            String window,

            @Schema(description = "Players ranked in it") long players) {}
}
