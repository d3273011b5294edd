package dev.laurel.web.corrections;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.Boards;
import dev.laurel.correction.AdjustmentStore;
import dev.laurel.correction.Adjustments;
import dev.laurel.correction.AdminLog;
import dev.laurel.correction.Decision;
import dev.laurel.correction.Disqualifications;
import dev.laurel.correction.Disqualifications.PlayerInWindow;
import dev.laurel.correction.Reversals;
import dev.laurel.shared.Ids;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Period;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.PlayerAddress;
import dev.laurel.web.corrections.CorrectionJson.AdjustedJson;
import dev.laurel.web.corrections.CorrectionJson.AdjustmentJson;
import dev.laurel.web.corrections.CorrectionJson.AdjustmentRequest;
import dev.laurel.web.corrections.CorrectionJson.DecisionRequest;
import dev.laurel.web.corrections.CorrectionJson.DisqualificationChange;
import dev.laurel.web.corrections.CorrectionJson.DisqualifiedList;
import dev.laurel.web.corrections.CorrectionJson.LogEntryJson;
import dev.laurel.web.corrections.CorrectionJson.UndoneJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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

/** What administrators put right by hand. Everything has a reason and an author, and stands in the log. */
@Path("/api/v1/admin/boards/{board}")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class CorrectionsResource {
    private final Boards boards;
    private final Disqualifications disqualifications;
    private final Adjustments adjustments;
    private final Reversals reversals;
    private final AdjustmentStore store;
    private final AdminLog log;

    CorrectionsResource(
            Boards boards,
            Disqualifications disqualifications,
            Adjustments adjustments,
            Reversals reversals,
            AdjustmentStore store,
            AdminLog log) {
        this.boards = boards;
        this.disqualifications = disqualifications;
        this.adjustments = adjustments;
        this.reversals = reversals;
        this.store = store;
        this.log = log;
    }

    @PUT
    @Path("/rankings/{period}/players/{player}/disqualification")
    @Operation(
            operationId = "disqualify",
            summary = "Take a player out of the ranking of a window; players below move up",
            description =
                    "The player's scores stay, continue to count, and reappear with the rank when the decision is "
                            + "undone. In a closed window the archive is ranked again.")
    @APIResponse(responseCode = "200", description = "Whether the player was in the ranking before")
    @APIResponse(
            responseCode = "404",
            description = "There is no such board, period or window, or it has had no events")
    @APIResponse(responseCode = "409", description = "The window is being closed")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<DisqualificationChange> disqualify(@BeanParam PlayerAddress address, DecisionRequest request) {
        return change(address, true, request);
    }

    @POST
    @Path("/rankings/{period}/players/{player}/reinstatement")
    @Operation(operationId = "reinstate", summary = "Return a disqualified player to the ranking of a window")
    @APIResponse(responseCode = "200", description = "Whether the player was out of the ranking before")
    @APIResponse(
            responseCode = "404",
            description = "There is no such board, period or window, or it has had no events")
    @APIResponse(responseCode = "409", description = "The window is being closed")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<DisqualificationChange> reinstate(@BeanParam PlayerAddress address, DecisionRequest request) {
        return change(address, false, request);
    }

    private Uni<DisqualificationChange> change(PlayerAddress address, boolean out, DecisionRequest request) {
        Period period = Period.withOwnWindows("period", address.period);
        Decision decision = Parameters.body(request).decision();
        return boards.get(address.board)
                .map(board -> new PlayerInWindow(board, period, address.window, address.player))
                .chain(player -> disqualifications.change(player, out, decision))
                .map(changed -> new DisqualificationChange(address.player, out, changed));
    }

    @GET
    @Path("/rankings/{period}/disqualifications")
    @Operation(operationId = "listDisqualified", summary = "The players disqualified in a window, the first 1,000")
    @APIResponse(responseCode = "200", description = "The players, in order of the decisions")
    @APIResponse(responseCode = "404", description = "There is no such board, period or window")
    public Uni<DisqualifiedList> disqualified(
            @RestPath String board,
            @RestPath @Parameter(schema = @Schema(ref = "PeriodPath")) String period,
            @QueryParam("window") String window) {
        Period wanted = Period.withOwnWindows("period", period);
        return boards.get(board)
                .chain(found -> disqualifications.list(found, wanted, window))
                .map(DisqualifiedList::of);
    }

    @POST
    @Path("/adjustments")
    @Operation(
            operationId = "adjust",
            summary = "Correct a player's scores manually, in current windows",
            description = "An event in the ledger like any other, exempt from the board's rules for submissions. Where "
                    + "scores are added up, the score is added; otherwise it replaces the standing.")
    @APIResponse(responseCode = "200", description = "The standings after the adjustment")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(
            responseCode = "409",
            description = "Nothing is there to replace, no season is running, or the key was used otherwise")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description = "Not acknowledged; with a key it is safe to try again after Retry-After")
    public Uni<AdjustedJson> adjust(
            @RestPath String board,
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description = "Key that makes it safe to repeat this adjustment: it counts once",
                            schema = @Schema(pattern = Ids.PATTERN))
                    String key,
            AdjustmentRequest request) {
        AdjustmentRequest wanted = Parameters.body(request);
        Decision decision = wanted.decision();
        return boards.get(board)
                .chain(found -> adjustments.adjust(found, AdjustmentReader.read(found, wanted, decision, key)))
                .map(AdjustedJson::of);
    }

    @GET
    @Path("/adjustments")
    @Operation(operationId = "listAdjustments", summary = "The adjustments on a board, newest first")
    @APIResponse(responseCode = "200", description = "A page of adjustments")
    @APIResponse(responseCode = "404", description = "There is no such board")
    public Uni<PageJson<AdjustmentJson>> list(
            @RestPath String board,
            @QueryParam("player")
                    @Parameter(description = "Only those of this player", schema = @Schema(ref = "PlayerId"))
                    String player,
            @BeanParam PageAddress page) {
        PageRequest request = page.request();
        return boards.get(board).chain(found -> store.list(found, player, request)
                .map(adjustments ->
                        PageJson.of(request, adjustments, one -> AdjustmentJson.of(one, found.definition()))));
    }

    @POST
    @Path("/adjustments/{adjustment}/undo")
    @Operation(operationId = "undoAdjustment", summary = "Undo an adjustment in all of its windows, open or closed")
    @APIResponse(responseCode = "200", description = "The windows in which it was undone")
    @APIResponse(responseCode = "404", description = "There is no such board or adjustment")
    @APIResponse(responseCode = "409", description = "It has been undone already, or it was never applied")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<UndoneJson> undo(@RestPath String board, @RestPath String adjustment, DecisionRequest request) {
        long id = Parameters.number("adjustment", adjustment, new Parameters.Bounds(1, Long.MAX_VALUE, 0));
        Decision decision = Parameters.body(request).decision();
        return boards.get(board)
                .chain(found -> reversals.undo(found, id, decision))
                .map(undone -> new UndoneJson(undone.id(), undone.windowIds()));
    }

    @GET
    @Path("/log")
    @Operation(operationId = "getAdminLog", summary = "The changes administrators made to a board, newest first")
    @APIResponse(responseCode = "200", description = "A page of changes")
    @APIResponse(responseCode = "404", description = "There is no such board")
    public Uni<PageJson<LogEntryJson>> log(@RestPath String board, @BeanParam PageAddress page) {
        PageRequest request = page.request();
        return boards.get(board)
                .chain(found -> log.of(found.id(), request))
                .map(entries -> PageJson.of(request, entries, LogEntryJson::of));
    }
}
