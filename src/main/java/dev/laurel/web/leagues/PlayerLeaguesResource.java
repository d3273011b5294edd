package dev.laurel.web.leagues;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.Boards;
import dev.laurel.league.Leagues;
import dev.laurel.shared.Ids;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PlayerIds;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.leagues.LeagueJson.ResultJson;
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

/** What players have reached in leagues. */
@Path("/api/v1/players/{player}/leagues")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Leagues")
public class PlayerLeaguesResource {
    private final Boards boards;
    private final Leagues leagues;

    PlayerLeaguesResource(Boards boards, Leagues leagues) {
        this.boards = boards;
        this.leagues = leagues;
    }

    @GET
    @Operation(
            operationId = "getPlayerLeagues",
            summary = "A player's tiers, ranks and outcomes in settled windows, the latest first",
            description =
                    "As they were settled: corrections after the close of a window change its final ranking, but no "
                            + "promotion. While the board is frozen, only windows closed by the freeze.")
    @APIResponse(responseCode = "200", description = "A page of results; empty if there are none")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<PageJson<ResultJson>> history(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("board") @Parameter(required = true) String board,
            @BeanParam PageAddress page) {
        PlayerIds.require("player", player);
        Ids.require("board", board);
        PageRequest request = page.request();
        return boards.get(board).chain(found -> leagues.history(found, player, request)
                .map(results -> PageJson.of(request, results, one -> ResultJson.of(one, found))));
    }
}
