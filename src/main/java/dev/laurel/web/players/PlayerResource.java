package dev.laurel.web.players;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.player.Erasures;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.Players;
import dev.laurel.ranking.eligibility.Eligibility;
import dev.laurel.shared.Ids;
import dev.laurel.web.Parameters;
import dev.laurel.web.boards.Preconditions;
import dev.laurel.web.boards.VersionedAnswer;
import dev.laurel.web.patch.MergePatch;
import dev.laurel.web.patch.RequestPatch;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
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

/** The record of one player. */
@Path("/api/v1/players/{player}")
@RequiresScope(Scope.WRITE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Players")
public class PlayerResource {
    private static final String CHANGED = "The record is not as the request takes for granted";
    private static final String TAKEN = "The username is taken by another player";
    private static final String IF_MATCH = "The ETag of the record that the client knows, or * for any";

    private final Players players;
    private final Erasures erasures;
    private final Eligibility eligibility;
    private final ObjectMapper mapper;

    PlayerResource(Players players, Erasures erasures, Eligibility eligibility, ObjectMapper mapper) {
        this.players = players;
        this.erasures = erasures;
        this.eligibility = eligibility;
        this.mapper = mapper;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putPlayer",
            summary = "Write the record of a player",
            description =
                    "An omitted field is removed, or gets its default. To change part of a record, PATCH it. Players "
                            + "without a record may score, too.")
    @APIResponse(
            responseCode = "201",
            description = "The player had no record before",
            content = @Content(schema = @Schema(implementation = PlayerJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The record was changed",
            content = @Content(schema = @Schema(implementation = PlayerJson.class)))
    @APIResponse(responseCode = "409", description = TAKEN)
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<PlayerJson>> put(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Parameter(description = "* to write a first record and never to change one")
                    String ifNoneMatch,
            PlayerRequest request) {
        PlayerKey key = PlayerKey.of(player);
        return players.put(key, Parameters.body(request).profile(), Preconditions.of(ifMatch, ifNoneMatch))
                .map(change -> VersionedAnswer.written(
                        PlayerJson.of(change.player()), change.player().version(), change.created()));
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "patchPlayer",
            summary = "Change part of a player's record",
            description =
                    "A JSON merge patch (RFC 7396): named fields change, null removes a field or an attribute, and "
                            + "other fields stay the same.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MergePatch.MEDIA_TYPE,
                        schema = @Schema(ref = PlayerPatchSchema.NAME),
                        example = "{\"displayName\":\"Countess Lovelace\",\"attributes\":{\"level\":13}}"),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(ref = PlayerPatchSchema.NAME),
                        example = "{\"displayName\":\"Countess Lovelace\",\"attributes\":{\"level\":13}}")
            })
    @APIResponse(
            responseCode = "200",
            description = "The record after the change",
            content = @Content(schema = @Schema(implementation = PlayerJson.class)))
    @APIResponse(responseCode = "404", description = "The player has no record")
    @APIResponse(responseCode = "409", description = TAKEN)
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<PlayerJson>> patch(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            String request)
            throws JsonProcessingException {
        PlayerKey key = PlayerKey.of(player);
        RequestPatch<PlayerRequest> patch = RequestPatch.read(mapper, request, PlayerRequest.class);
        return players.change(
                        key, now -> patch.appliedTo(PlayerRequest.of(now)).profile(), Preconditions.of(ifMatch, null))
                .map(changed -> VersionedAnswer.of(PlayerJson.of(changed), changed.version()));
    }

    @RequiresScope(Scope.READ)
    @GET
    @Operation(
            operationId = "getPlayer",
            summary = "The record of a player",
            description = "Send the ETag as If-Match when changing the record.")
    @APIResponse(
            responseCode = "200",
            description = "The record",
            content = @Content(schema = @Schema(implementation = PlayerJson.class)))
    @APIResponse(responseCode = "404", description = "The player has no record, whether there are scores or not")
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<RestResponse<PlayerJson>> get(@RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player) {
        return players.get(PlayerKey.of(player))
                .map(found -> VersionedAnswer.of(PlayerJson.of(found), found.version()));
    }

    @RequiresScope(Scope.ADMIN)
    @DELETE
    @Operation(
            operationId = "deletePlayer",
            summary = "Remove the record of a player, or everything that is known of the player",
            description = "The record alone: scores, ranks and histories of the player stay under the id, and so does "
                    + "what was sent with events. With erase=true everything: the player leaves all running rankings at "
                    + "once, places in closed windows lose their player while all others keep their ranks, and names, "
                    + "events, event ids, reasons of corrections and decisions are removed within minutes. If there are "
                    + "scores, that is refused with a list of the losses, until it is confirmed.")
    @APIResponse(responseCode = "204", description = "Nothing of it is shown any more")
    @APIResponse(
            responseCode = "404",
            description = "The player has no record; with erase=true, nothing is known of it")
    @APIResponse(
            responseCode = "409",
            description =
                    "Something would be lost and is not confirmed (code CONFIRMATION_REQUIRED); changes lists the "
                            + "losses")
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<RestResponse<Void>> delete(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            @QueryParam("erase")
                    @Parameter(
                            description = "true to remove everything that is known of the player",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    String erase,
            @QueryParam("confirm")
                    @Parameter(
                            description = "true to erase although scores are lost",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    String confirm) {
        PlayerKey key = PlayerKey.of(player);
        boolean confirmed = Parameters.flag("confirm", confirm);
        Uni<Void> gone = Parameters.flag("erase", erase)
                ? erasures.erase(key, confirmed)
                : players.delete(key, Preconditions.of(ifMatch, null));
        return gone.replaceWith(RestResponse.noContent());
    }

    @RequiresScope(Scope.READ)
    @GET
    @Path("/eligibility")
    @Operation(
            operationId = "getEligibility",
            summary = "Whether a player may play on a board now, and if not, why",
            description =
                    "The player's record may be up to a second old. A frozen board still counts, so a freeze does "
                            + "not matter.")
    @APIResponse(responseCode = "200", description = "Whether the player may play")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<EligibilityJson> eligibility(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("board") @Parameter(required = true) String board) {
        return eligibility.of(PlayerKey.of(player), Ids.require("board", board)).map(EligibilityJson::of);
    }
}
