package dev.laurel.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.analytics.rollup.ActivityRecounts;
import dev.laurel.analytics.rollup.ActivityRecounts.Rebuild;
import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.time.Instant;

/** Counts the activity of a board's players again from the ledger. */
@Path("/api/v1/admin/boards/{board}/activity/rebuild")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class ActivityRebuildResource {
    private final Boards boards;
    private final ActivityRecounts recounts;

    ActivityRebuildResource(Boards boards, ActivityRecounts recounts) {
        this.boards = boards;
        this.recounts = recounts;
    }

    @POST
    @Operation(
            operationId = "rebuildActivity",
            summary = "Count the activity of a board's players again from the ledger",
            description =
                    "In the background, 200 players at a time; analytics go on meanwhile. Needed when the figures are in "
                            + "doubt, or after the time zone of the board has changed. One that is under way begins again.")
    @APIResponse(responseCode = "200", description = "Requested: how far it has come")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<RebuildJson> rebuild(@RestPath String board) {
        return boards.get(board).chain(found -> recounts.request(found).map(rebuild -> RebuildJson.of(found, rebuild)));
    }

    @GET
    @Operation(operationId = "getActivityRebuild", summary = "How far the last rebuild of a board's activity has come")
    @APIResponse(responseCode = "200", description = "The rebuild that was requested last")
    @APIResponse(responseCode = "404", description = "There is no such board, or no rebuild has been requested")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<RebuildJson> state(@RestPath String board) {
        return boards.get(board).chain(found -> recounts.state(found).map(rebuild -> RebuildJson.of(found, rebuild)));
    }

    /** A rebuild of a board's activity. */
    @Schema(name = "ActivityRebuild")
    public record RebuildJson(
            String board,

            @Schema(description = "Players who have been counted again")
            long players,

            Instant requestedAt,

            @Schema(description = "Missing while it is under way") @JsonInclude(JsonInclude.Include.NON_NULL)
            Instant doneAt) {
        static RebuildJson of(Board board, Rebuild rebuild) {
            return new RebuildJson(board.name(), rebuild.players(), rebuild.requestedAt(), rebuild.doneAt());
        }
    }
}
