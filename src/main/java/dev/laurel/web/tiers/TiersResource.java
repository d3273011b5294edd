package dev.laurel.web.tiers;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.tier.TierDefinitions;
import dev.laurel.web.Parameters;
import dev.laurel.web.boards.Preconditions;
import dev.laurel.web.boards.VersionedAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The definition of a board's tiers. */
@Path("/api/v1/boards/{board}/tiers")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tiers", description = "Classes of players by their scores, ranks or percentiles")
public class TiersResource {
    private static final String NO_TIERS = "There is no such board, or it has no tiers";
    private static final String CHANGED = "The tiers are not as the request takes for granted";
    private static final String IF_MATCH = "The ETag of the tiers that the client knows, or * for any";
    private static final String UNAVAILABLE = "PostgreSQL is unavailable; try again after Retry-After";

    private final TierDefinitions definitions;

    TiersResource(TierDefinitions definitions) {
        this.definitions = definitions;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putTiers",
            summary = "Define the tiers of a board",
            description = "Replaces all tiers of the board. The change shows at once; other processes of the service "
                    + "learn of it within a second. A condition whose metric the board no longer has fits nobody.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = TiersJson.Definition.class),
                            example = TiersJson.EXAMPLE))
    @APIResponse(
            responseCode = "201",
            description = "The tiers were created",
            content = @Content(schema = @Schema(implementation = TiersJson.Definition.class)))
    @APIResponse(
            responseCode = "200",
            description = "The tiers were changed",
            content = @Content(schema = @Schema(implementation = TiersJson.Definition.class)))
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    public Uni<RestResponse<TiersJson.Definition>> put(
            @RestPath String board,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Parameter(description = "* to define tiers and never to change any")
                    String ifNoneMatch,
            TiersJson.Definition request) {
        return definitions
                .put(board, Parameters.body(request).definition(), Preconditions.of(ifMatch, ifNoneMatch))
                .map(change -> VersionedAnswer.written(
                        TiersJson.Definition.of(change.tiers().definition()),
                        change.tiers().version(),
                        change.created()));
    }

    @RequiresScope(Scope.READ)
    @GET
    @Operation(
            operationId = "getTiers",
            summary = "The tiers of a board",
            description = "Send the ETag as If-Match when changing the tiers.")
    @APIResponse(
            responseCode = "200",
            description = "The definition",
            content = @Content(schema = @Schema(implementation = TiersJson.Definition.class)))
    @APIResponse(responseCode = "404", description = NO_TIERS)
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    public Uni<RestResponse<TiersJson.Definition>> get(@RestPath String board) {
        return definitions
                .get(board)
                .map(found -> VersionedAnswer.of(TiersJson.Definition.of(found.definition()), found.version()));
    }

    @DELETE
    @Operation(operationId = "deleteTiers", summary = "Delete the tiers of a board")
    @APIResponse(responseCode = "204", description = "The tiers have been deleted")
    @APIResponse(responseCode = "404", description = NO_TIERS)
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    public Uni<RestResponse<Void>> delete(
            @RestPath String board,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch) {
        return definitions.delete(board, Preconditions.of(ifMatch, null)).replaceWith(RestResponse.noContent());
    }
}
