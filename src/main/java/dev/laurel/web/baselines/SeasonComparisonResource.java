package dev.laurel.web.baselines;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.ranking.row.SeasonRows;
import dev.laurel.shared.LaurelException.InvalidInput;
import io.smallrye.mutiny.Uni;
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

/** A player in two seasons. */
@Path("/api/v1/boards/{board}/players/{player}/seasons/compare")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Seasons")
public class SeasonComparisonResource {
    private final SeasonRows seasons;

    SeasonComparisonResource(SeasonRows seasons) {
        this.seasons = seasons;
    }

    @GET
    @Operation(
            operationId = "compareSeasons",
            summary = "A player's values, gains and ranks in two seasons, and how they have moved",
            description = "By all metrics of the board; seasons that run, and closed ones.")
    @APIResponse(responseCode = "200", description = "The two seasons")
    @APIResponse(responseCode = "404", description = "There is no such board or season, or no such player on the board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<SeasonComparisonJson> compare(
            @RestPath String board,
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("first")
                    @Parameter(
                            description = "Id of the season to compare with",
                            required = true,
                            schema = @Schema(examples = "spring"))
                    String first,
            @QueryParam("second")
                    @Parameter(
                            description = "Id of the season to compare",
                            required = true,
                            schema = @Schema(examples = "autumn"))
                    String second) {
        require("first", first);
        require("second", second);
        return seasons.of(board, first, player).chain(before -> seasons.of(board, second, player)
                .map(after -> SeasonComparisonJson.of(player, before, after)));
    }

    private static void require(String name, String season) {
        if (season == null || season.isEmpty()) {
            throw new InvalidInput(name, "must be the id of a season");
        }
    }
}
