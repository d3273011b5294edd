package dev.laurel.web.achievements;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.achievement.AchievementKey;
import dev.laurel.achievement.award.AwardFigures;
import dev.laurel.achievement.award.AwardReads;
import dev.laurel.achievement.award.AwardReads.Held;
import dev.laurel.shared.Ids;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
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

import java.time.Instant;

/** Who has an achievement. */
@Path("/api/v1/achievements/{achievement}")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements")
public class HoldersResource {
    private final AwardReads reads;
    private final AwardFigures figures;

    HoldersResource(AwardReads reads, AwardFigures figures) {
        this.reads = reads;
        this.figures = figures;
    }

    @GET
    @Path("/holders")
    @Operation(
            operationId = "listAchievementHolders",
            summary = "The awards of an achievement, the earliest first",
            description =
                    "Hidden and banned players are left out. What happens on a frozen board is awarded once it is revealed.")
    @APIResponse(responseCode = "200", description = "A page of awards")
    @APIResponse(responseCode = "404", description = "There is no such achievement")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<HolderJson>> holders(
            @RestPath String achievement,
            @QueryParam("tier")
                    @Parameter(
                            description = "Only awards of this tier",
                            schema = @Schema(pattern = Ids.PATTERN, examples = "gold"))
                    String tier,
            @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        String only = tier == null ? null : Ids.require("tier", tier);
        return reads.holders(AchievementKey.of(achievement), only, wanted)
                .map(found -> PageJson.of(wanted, found, HolderJson::of));
    }

    @GET
    @Path("/statistics")
    @Operation(
            operationId = "getAchievementStatistics",
            summary = "How many players have an achievement, and how far the back-fill is",
            description =
                    "Active players are those with a score on a board of the achievement; without them and rarity while "
                            + "such a board is frozen. Players are counted every five minutes; backFill is as it stands now.")
    @APIResponse(responseCode = "200", description = "The figures")
    @APIResponse(responseCode = "404", description = "There is no such achievement")
    @APIResponse(responseCode = "422", description = "The id is not valid")
    public Uni<StatisticsJson> statistics(@RestPath String achievement) {
        return figures.of(AchievementKey.of(achievement)).map(StatisticsJson::of);
    }

    /** The JSON form of an award in the list of an achievement. */
    @Schema(name = "AchievementHolder")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HolderJson(
            String playerId,

            @Schema(description = "Missing for an achievement without tiers")
            String tier,

            @Schema(description = "Missing for an achievement that does not repeat")
            String window,

            @Schema(description = "By the instants of events")
            Instant reachedAt,

            Instant awardedAt) {
        static HolderJson of(Held held) {
            return new HolderJson(
                    held.playerId(), orNull(held.tier()), orNull(held.window()), held.reachedAt(), held.awardedAt());
        }

        private static String orNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }
}
