package dev.laurel.web.boards;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.Freezes;
import dev.laurel.shared.LaurelException.InvalidInput;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Freezes: the public sees the rankings as of one instant, until they are revealed. */
@Path("/api/v1/boards/{board}/freeze")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Freezes", description = "Rankings frozen for the public while scoring goes on")
public class FreezeResource {
    private final Freezes freezes;
    private final Clock clock;

    FreezeResource(Freezes freezes, Clock clock) {
        this.freezes = freezes;
        this.clock = clock;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putFreeze",
            summary = "Show the public the rankings of a board as of an instant",
            description =
                    "From then on all windows are shown as of that instant, whatever is scored or closed, until the freeze is "
                            + "deleted. Without an instant it begins as soon as every process knows of it, within seconds. "
                            + "It can be changed until it has begun.")
    @APIResponse(
            responseCode = "201",
            description = "The freeze was set",
            content = @Content(schema = @Schema(implementation = FreezeJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The freeze was changed",
            content = @Content(schema = @Schema(implementation = FreezeJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "409", description = "The board is frozen")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<FreezeJson>> put(@RestPath String board, FreezeRequest request) {
        Instant at = request == null ? null : request.instant();
        return freezes.put(board, at)
                .map(change -> RestResponse.status(
                        change.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        FreezeJson.of(change.freeze(), clock.instant())));
    }

    @RequiresScope(Scope.READ)
    @GET
    @Operation(operationId = "getFreeze", summary = "The freeze of a board, even if it has not begun")
    @APIResponse(responseCode = "200", description = "The freeze")
    @APIResponse(responseCode = "404", description = "There is no such board, or it has no freeze")
    public Uni<FreezeJson> get(@RestPath String board) {
        return freezes.get(board).map(freeze -> FreezeJson.of(freeze, clock.instant()));
    }

    @DELETE
    @Operation(
            operationId = "deleteFreeze",
            summary = "Reveal a frozen board, or remove a freeze that has not begun",
            description = "Other processes may show the frozen rankings for a few more seconds.")
    @APIResponse(responseCode = "204", description = "The public sees the current rankings")
    @APIResponse(responseCode = "404", description = "There is no such board, or it has no freeze")
    public Uni<RestResponse<Void>> delete(@RestPath String board) {
        return freezes.remove(board).replaceWith(RestResponse.noContent());
    }

    /** A freeze as a client writes it. */
    @Schema(name = "FreezeDefinition")
    public record FreezeRequest(
            @Schema(format = "date-time", description = "At least some seconds ahead; default: as soon as possible")
            String at) {
        Instant instant() {
            if (at == null) {
                return null;
            }
            try {
                return OffsetDateTime.parse(at).toInstant();
            } catch (DateTimeException e) {
                throw new InvalidInput("at", "must be an RFC 3339 instant, such as 2026-12-31T22:00:00Z");
            }
        }
    }
}
