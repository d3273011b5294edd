package dev.laurel.web.achievements;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.achievement.Achievement;
import dev.laurel.achievement.AchievementKey;
import dev.laurel.achievement.Achievements;
import dev.laurel.web.Parameters;
import dev.laurel.web.boards.Preconditions;
import dev.laurel.web.boards.VersionedAnswer;
import dev.laurel.web.patch.MergePatch;
import io.smallrye.mutiny.Uni;
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

/** The definition of one achievement. */
@Path("/api/v1/achievements/{achievement}")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements", description = "What players can reach, and who has reached it")
public class AchievementResource {
    private static final String CHANGED = "The achievement is not as the request takes for granted";
    private static final String MANY =
            "There are too many achievements, or another request changed it at the same time";
    private static final String IF_MATCH = "The ETag of the achievement that the client knows, or * for any";
    private static final String EXAMPLE = "{\"tiers\":{\"gold\":2000}}";

    private final Achievements achievements;
    private final ObjectMapper mapper;

    AchievementResource(Achievements achievements, ObjectMapper mapper) {
        this.achievements = achievements;
        this.mapper = mapper;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putAchievement",
            summary = "Create or change an achievement",
            description =
                    "An omitted field gets its default. Players who have already reached it get it in the background; "
                            + "its statistics show how far that is. Awards that were given stay, unless the achievement is "
                            + "revocable.")
    @APIResponse(
            responseCode = "201",
            description = "The achievement was created",
            content = @Content(schema = @Schema(implementation = AchievementJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The achievement was changed",
            content = @Content(schema = @Schema(implementation = AchievementJson.class)))
    @APIResponse(responseCode = "409", description = MANY)
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid, or a board does not fit; errors names it")
    public Uni<RestResponse<AchievementJson>> put(
            @RestPath String achievement,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Parameter(description = "* to create an achievement and never to change one")
                    String ifNoneMatch,
            AchievementRequest request) {
        return achievements
                .put(
                        AchievementKey.of(achievement),
                        Parameters.body(request).definition(),
                        Preconditions.of(ifMatch, ifNoneMatch))
                .map(change -> VersionedAnswer.written(
                        AchievementJson.of(change.achievement()),
                        change.achievement().version(),
                        change.created()));
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "patchAchievement",
            summary = "Change part of an achievement",
            description = "A JSON merge patch (RFC 7396): named fields change, null removes a field or a tier, and "
                    + "others stay the same. A rule is replaced as a whole.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MergePatch.MEDIA_TYPE,
                        schema = @Schema(ref = AchievementPatchSchema.NAME),
                        example = EXAMPLE),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(ref = AchievementPatchSchema.NAME),
                        example = EXAMPLE)
            })
    @APIResponse(
            responseCode = "200",
            description = "The achievement after the change",
            content = @Content(schema = @Schema(implementation = AchievementJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such achievement")
    @APIResponse(responseCode = "409", description = MANY)
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid, or a board does not fit; errors names it")
    public Uni<RestResponse<AchievementJson>> patch(
            @RestPath String achievement,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            String request)
            throws JsonProcessingException {
        AchievementKey key = AchievementKey.of(achievement);
        AchievementPatch patch = AchievementPatch.read(mapper, request);
        return achievements
                .change(key, patch::appliedTo, Preconditions.of(ifMatch, null))
                .map(AchievementResource::answer);
    }

    @RequiresScope(Scope.READ)
    @GET
    @Operation(
            operationId = "getAchievement",
            summary = "An achievement, secret or not",
            description = "Send the ETag as If-Match when changing the achievement.")
    @APIResponse(
            responseCode = "200",
            description = "The achievement",
            content = @Content(schema = @Schema(implementation = AchievementJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such achievement")
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<RestResponse<AchievementJson>> get(@RestPath String achievement) {
        return achievements.get(AchievementKey.of(achievement)).map(AchievementResource::answer);
    }

    private static RestResponse<AchievementJson> answer(Achievement achievement) {
        return VersionedAnswer.of(AchievementJson.of(achievement), achievement.version());
    }

    @DELETE
    @Operation(
            operationId = "deleteAchievement",
            summary = "Delete an achievement with its awards",
            description = "An achievement that is written again under the same id is another one.")
    @APIResponse(responseCode = "204", description = "The achievement has been deleted")
    @APIResponse(responseCode = "404", description = "There is no such achievement")
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<RestResponse<Void>> delete(
            @RestPath String achievement,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch) {
        return achievements
                .delete(AchievementKey.of(achievement), Preconditions.of(ifMatch, null))
                .replaceWith(RestResponse.noContent());
    }
}
