package dev.laurel.web.challenges;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.challenge.ClearedReads;
import dev.laurel.challenge.SubmissionReads;
import dev.laurel.player.PlayerKey;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.challenges.ClearedJson.PlayerClearedJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** A player's part in challenges. */
@Path("/api/v1/players/{player}")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Challenges")
public class PlayerChallengesResource {
    private final ClearedReads cleared;
    private final SubmissionReads submissions;

    PlayerChallengesResource(ClearedReads cleared, SubmissionReads submissions) {
        this.cleared = cleared;
        this.submissions = submissions;
    }

    @GET
    @Path("/cleared")
    @Operation(
            operationId = "getPlayerCleared",
            summary = "What a player has cleared, with the points",
            description = "While the board of a challenge is frozen: what was cleared before the freeze.")
    @APIResponse(responseCode = "200", description = "What the player has cleared; empty for players never seen")
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<PlayerClearedJson> cleared(@RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player) {
        return cleared.player(PlayerKey.of(player)).map(PlayerClearedJson::of);
    }

    @GET
    @Path("/submissions")
    @Operation(
            operationId = "listPlayerSubmissions",
            summary = "A player's submissions to all challenges, newest first, without what was submitted",
            description = "While the board of a challenge is frozen: what was submitted before the freeze.")
    @APIResponse(responseCode = "200", description = "A page of submissions; empty for players never seen")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<SubmissionJson>> submissions(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player, @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return submissions
                .ofPlayer(PlayerKey.of(player), wanted)
                .map(found -> PageJson.of(wanted, found, SubmissionJson::of));
    }
}
