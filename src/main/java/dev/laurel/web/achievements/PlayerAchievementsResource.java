package dev.laurel.web.achievements;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.achievement.award.PlayerAwards;
import dev.laurel.player.PlayerKey;
import dev.laurel.web.json.JsonBodies;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What a player has reached. */
@Path("/api/v1/players/{player}/achievements")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements")
@RegisterForReflection(targets = PlayerAchievementsJson.class, ignoreNested = false)
public class PlayerAchievementsResource {
    private final PlayerAwards awards;
    private final JsonBodies bodies;

    PlayerAchievementsResource(PlayerAwards awards, JsonBodies bodies) {
        this.awards = awards;
        this.bodies = bodies;
    }

    @GET
    @Operation(
            operationId = "getPlayerAchievements",
            summary = "A player's awards, and what is missing to the next ones",
            description =
                    "All achievements, secret ones once the player has them. Cached for an hour: an award shows within a "
                            + "second, what is missing may be an hour old. While a board is frozen, what is missing there is not "
                            + "shown, and nothing is awarded.")
    @APIResponse(
            responseCode = "200",
            description = "The achievements as they stand for the player; without awards for players never seen",
            content = @Content(schema = @Schema(implementation = PlayerAchievementsJson.class)))
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<byte[]> get(@RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player) {
        return awards.of(PlayerKey.of(player))
                .map(found -> bodies.of(found, value -> PlayerAchievementsJson.of(player, value)));
    }
}
