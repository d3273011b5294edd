package dev.laurel.web.admin;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.admin.BoardComparison;
import dev.laurel.admin.Maintenance;
import dev.laurel.admin.StoreHealth;
import dev.laurel.archive.Archive;
import dev.laurel.archive.ResetOrder;
import dev.laurel.board.Boards;
import dev.laurel.correction.Decision;
import dev.laurel.shared.Ids;
import dev.laurel.shared.Period;
import dev.laurel.web.Parameters;
import dev.laurel.web.admin.MaintenanceJson.BoardStatusJson;
import dev.laurel.web.admin.MaintenanceJson.ClearedJson;
import dev.laurel.web.admin.MaintenanceJson.ResetJson;
import dev.laurel.web.admin.MaintenanceJson.SyncJson;
import dev.laurel.web.corrections.CorrectionJson.DecisionRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import org.jboss.resteasy.reactive.RestPath;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Maintenance of one board: loading, resetting and clearing it. All changes are logged. */
@Path("/api/v1/admin/boards/{board}")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class MaintenanceResource {
    private final Boards boards;
    private final Maintenance maintenance;
    private final BoardComparison comparison;
    private final StoreHealth health;
    private final Archive archive;
    private final Clock clock;

    MaintenanceResource(
            Boards boards,
            Maintenance maintenance,
            BoardComparison comparison,
            StoreHealth health,
            Archive archive,
            Clock clock) {
        this.boards = boards;
        this.maintenance = maintenance;
        this.comparison = comparison;
        this.health = health;
        this.archive = archive;
        this.clock = clock;
    }

    @POST
    @Path("/sync")
    @Operation(
            operationId = "syncBoard",
            summary = "Load the open windows of a board from PostgreSQL into Redis",
            description =
                    "Replaces what Redis holds. Meanwhile events are accepted, and PostgreSQL serves the rankings.")
    @APIResponse(responseCode = "200", description = "What was loaded, and how long it took")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "A store is unavailable; try again after Retry-After")
    public Uni<SyncJson> sync(@RestPath String board, @BeanParam OptionalDecision why) {
        Decision decision = why.decision();
        return maintenance.sync(board, decision).map(sync -> SyncJson.of(board, sync));
    }

    @DELETE
    @Path("/cache")
    @RequiresScope(value = Scope.ADMIN, ofService = true)
    @Operation(
            operationId = "clearBoardCache",
            summary = "Clear a board from Redis and this process; later reads load it again")
    @APIResponse(responseCode = "200", description = "What was cleared")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "A store is unavailable; try again after Retry-After")
    public Uni<ClearedJson> clear(@RestPath String board, @BeanParam OptionalDecision why) {
        Decision decision = why.decision();
        return maintenance.clear(board, decision).map(cleared -> new ClearedJson(board, cleared));
    }

    @GET
    @Path("/status")
    @Operation(
            operationId = "getBoardStatus",
            summary = "The state of a board's open windows in both stores",
            description = "Answered within a second, whatever is unavailable; values unknown by then are missing.")
    @APIResponse(responseCode = "200", description = "The state, whatever it is")
    @APIResponse(responseCode = "404", description = "There is no such board")
    public Uni<BoardStatusJson> status(@RestPath String board) {
        return boards.get(board).chain(found -> Uni.combine()
                .all()
                .unis(health.postgres(), health.redis(), comparison.of(found))
                .with((postgres, redis, windows) -> BoardStatusJson.of(
                        board, clock.instant().truncatedTo(ChronoUnit.MILLIS), postgres, redis, windows)));
    }

    @POST
    @Path("/windows/{period}/reset")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "resetWindow",
            summary = "Close the running window of a period early; its players restart from zero",
            description =
                    "The ranking so far stays readable as a generation of the window; nothing is deleted. A late job that "
                            + "names the window cannot reset the next one. With an Idempotency-Key the same "
                            + "call can be repeated: it does nothing and returns the first answer.")
    @APIResponse(responseCode = "200", description = "What was archived")
    @APIResponse(responseCode = "404", description = "There is no such board or period, or no season is running")
    @APIResponse(
            responseCode = "409",
            description = "Another window is running, or the key has been used for another reset; nothing is reset")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description =
                    "Not answered in time: a reset that has not begun is cancelled, one that has begun continues, as "
                            + "the detail says; with a key it is safe to try again after Retry-After")
    public Uni<ResetJson> reset(
            @RestPath String board,
            @RestPath @Parameter(schema = @Schema(ref = "PeriodPath")) String period,
            @QueryParam("window")
                    @Parameter(
                            description = "Reset only if this is the running window",
                            schema = @Schema(examples = "2026-11-28"))
                    String window,
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description = "Key that makes it safe to repeat this reset",
                            schema = @Schema(pattern = Ids.PATTERN, examples = "nightly-2026-11-28"))
                    String key,
            DecisionRequest request) {
        Period wanted = Period.withOwnWindows("period", period);
        Decision decision = Parameters.body(request).decision();
        ResetOrder order = new ResetOrder(wanted, window, decision.reason(), decision.author(), key);
        return boards.get(board)
                .chain(found -> archive.reset(found, order))
                .map(reset -> ResetJson.of(board, wanted, reset));
    }
}
