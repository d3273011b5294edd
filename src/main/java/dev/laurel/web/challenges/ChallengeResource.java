package dev.laurel.web.challenges;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.challenge.ChallengeKey;
import dev.laurel.challenge.Challenges;
import dev.laurel.web.Parameters;
import dev.laurel.web.boards.Preconditions;
import dev.laurel.web.boards.VersionedAnswer;
import dev.laurel.web.patch.MergePatch;
import dev.laurel.web.patch.RequestPatch;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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

/** The definition of one challenge. */
@Path("/api/v1/challenges/{challenge}")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Challenges", description = "Tasks in several variants, and who has cleared them")
public class ChallengeResource {
    private static final String CHANGED = "The challenge is not as the request takes for granted";
    private static final String KEPT =
            "It has submissions and would lose what it keeps, or there are too many challenges";
    private static final String IF_MATCH = "The ETag of the challenge that the client knows, or * for any";
    private static final String EXAMPLE = "{\"variants\":{\"gpt-4o\":{\"points\":120}}}";

    private final Challenges challenges;
    private final ObjectMapper mapper;

    ChallengeResource(Challenges challenges, ObjectMapper mapper) {
        this.challenges = challenges;
        this.mapper = mapper;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putChallenge",
            summary = "Create or change a challenge",
            description =
                    "An omitted field gets its default, and an omitted variant is removed: it accepts no submissions, "
                            + "but players who have cleared it keep the points. Changed points are earned from then on.")
    @APIResponse(
            responseCode = "201",
            description = "The challenge was created",
            content = @Content(schema = @Schema(implementation = ChallengeJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The challenge was changed",
            content = @Content(schema = @Schema(implementation = ChallengeJson.class)))
    @APIResponse(responseCode = "409", description = KEPT)
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<ChallengeJson>> put(
            @RestPath String challenge,
            @BeanParam Revaluation revaluation,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Parameter(description = "* to create a challenge and never to change one")
                    String ifNoneMatch,
            ChallengeRequest request) {
        return challenges
                .put(
                        ChallengeKey.of(challenge),
                        Parameters.body(request).definition(),
                        Preconditions.of(ifMatch, ifNoneMatch),
                        revaluation.decision())
                .map(change -> VersionedAnswer.written(
                        ChallengeJson.of(change.challenge()), change.challenge().version(), change.created()));
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "patchChallenge",
            summary = "Change part of a challenge",
            description = "A JSON merge patch (RFC 7396): named fields change, null removes a field or a variant, and "
                    + "others stay the same.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MergePatch.MEDIA_TYPE,
                        schema = @Schema(ref = ChallengePatchSchema.NAME),
                        example = EXAMPLE),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(ref = ChallengePatchSchema.NAME),
                        example = EXAMPLE)
            })
    @APIResponse(
            responseCode = "200",
            description = "The challenge after the change",
            content = @Content(schema = @Schema(implementation = ChallengeJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such challenge")
    @APIResponse(responseCode = "409", description = KEPT)
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<ChallengeJson>> patch(
            @RestPath String challenge,
            @BeanParam Revaluation revaluation,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            String request)
            throws JsonProcessingException {
        ChallengeKey key = ChallengeKey.of(challenge);
        RequestPatch<ChallengeRequest> patch = RequestPatch.read(mapper, request, ChallengeRequest.class);
        return challenges
                .change(
                        key,
                        now -> patch.appliedTo(ChallengeRequest.of(now)).definition(),
                        Preconditions.of(ifMatch, null),
                        revaluation.decision())
                .map(changed -> VersionedAnswer.of(ChallengeJson.of(changed), changed.version()));
    }

    @RequiresScope(Scope.READ)
    @GET
    @Operation(
            operationId = "getChallenge",
            summary = "A challenge",
            description = "Send the ETag as If-Match when changing the challenge.")
    @APIResponse(
            responseCode = "200",
            description = "The challenge",
            content = @Content(schema = @Schema(implementation = ChallengeJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such challenge")
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<RestResponse<ChallengeJson>> get(@RestPath String challenge) {
        return challenges
                .get(ChallengeKey.of(challenge))
                .map(found -> VersionedAnswer.of(ChallengeJson.of(found), found.version()));
    }

    @DELETE
    @Operation(
            operationId = "deleteChallenge",
            summary = "Delete a challenge with its submissions",
            description =
                    "Points stay on the board where they were earned. A challenge that is written again under the "
                            + "same id can be cleared again.")
    @APIResponse(responseCode = "204", description = "The challenge has been deleted")
    @APIResponse(responseCode = "404", description = "There is no such challenge")
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<RestResponse<Void>> delete(
            @RestPath String challenge,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch) {
        return challenges
                .delete(ChallengeKey.of(challenge), Preconditions.of(ifMatch, null))
                .replaceWith(RestResponse.noContent());
    }
}
