package dev.laurel.web.leagues;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.league.Leagues;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PlayerIds;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.leagues.LeagueJson.CohortJson;
import dev.laurel.web.leagues.LeagueJson.OwnJson;
import dev.laurel.web.leagues.LeagueJson.SizeJson;
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

import java.time.Clock;

/** The leagues of a board. */
@Path("/api/v1/boards/{board}/leagues")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Leagues", description = "Cohorts of players, with promotion and demotion between tiers")
public class LeaguesResource {
    private static final String NO_LEAGUES = "There is no such board, or it has no leagues";

    private final Leagues leagues;
    private final Clock clock;

    LeaguesResource(Leagues leagues, Clock clock) {
        this.leagues = leagues;
        this.clock = clock;
    }

    @GET
    @Path("/players/{player}")
    @Operation(
            operationId = "getOwnLeague",
            summary = "A player's cohort in the running window, with its ranking",
            description =
                    "Players enter with their first event in the window, within a second. Those who enter before the "
                            + "window before has been closed and settled wait until then, since their tiers follow from it.")
    @APIResponse(responseCode = "200", description = "The cohort, if the player is in one")
    @APIResponse(responseCode = "404", description = NO_LEAGUES + ", or the player has never scored on it")
    @APIResponse(responseCode = "422", description = "The id of the player is not valid")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<OwnJson> own(
            @RestPath String board, @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player) {
        PlayerIds.require("player", player);
        return leagues.own(board, player).map(own -> OwnJson.of(own, player, clock.instant()));
    }

    @GET
    @Path("/cohorts/{cohort}")
    @Operation(
            operationId = "getCohort",
            summary = "The ranking of a cohort, with what becomes of each player",
            description =
                    "Live while the window is running, final once it has been settled. Of equal scores on both sides "
                            + "of a line the tie rule of the board decides.")
    @APIResponse(responseCode = "200", description = "The ranking of the cohort")
    @APIResponse(responseCode = "404", description = NO_LEAGUES + ", or there is no such cohort")
    @APIResponse(responseCode = "422", description = "The number of the cohort is not valid")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<CohortJson> cohort(@RestPath String board, @RestPath String cohort) {
        long number = Parameters.number("cohort", cohort, new Parameters.Bounds(1, Long.MAX_VALUE, 0));
        return leagues.cohort(board, number).map(found -> CohortJson.of(found, clock.instant()));
    }

    @GET
    @Path("/tiers/{tierName}/cohorts")
    @Operation(
            operationId = "listCohorts",
            summary = "The cohorts of a tier in a window, in the order they were filled")
    @APIResponse(responseCode = "200", description = "A page of cohorts")
    @APIResponse(responseCode = "404", description = NO_LEAGUES + ", or there is no such tier or window")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<PageJson<SizeJson>> cohorts(
            @RestPath String board,
            @RestPath String tierName,
            @QueryParam("window") String window,
            @BeanParam PageAddress page) {
        PageRequest request = page.request();
        return leagues.tier(board, tierName, window, request)
                .map(found -> PageJson.of(
                        request,
                        found.cohorts(),
                        one -> SizeJson.of(one, found.window().id())));
    }
}
