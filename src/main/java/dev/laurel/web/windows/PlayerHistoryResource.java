package dev.laurel.web.windows;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.archive.PlayerHistory;
import dev.laurel.archive.PlayerHistory.FinalRank;
import dev.laurel.board.Boards;
import dev.laurel.shared.Ids;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.time.Instant;

/** The results of players in closed windows. */
@Path("/api/v1/players/{player}")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Players", description = "The history of players")
public class PlayerHistoryResource {
    private final Boards boards;
    private final PlayerHistory history;

    PlayerHistoryResource(Boards boards, PlayerHistory history) {
        this.boards = boards;
        this.history = history;
    }

    @GET
    @Path("/history")
    @Operation(
            operationId = "getPlayerHistory",
            summary = "A player's final rank and score in each closed window, newest first",
            description = "On a frozen board, only windows that had closed by then.")
    @APIResponse(responseCode = "200", description = "A page of windows; empty if the player is in no closed window")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<FinalRankJson>> history(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("board") @Parameter(required = true) String board,
            @QueryParam("period") @Parameter(required = true, schema = @Schema(ref = "PeriodPath")) String period,
            @QueryParam("metric")
                    @Parameter(
                            description = "Default: the board's first metric",
                            schema = @Schema(type = SchemaType.STRING))
                    String metric,
            @BeanParam PageAddress page) {
        PlayerIds.require("player", player);
        Ids.require("board", board);
        Period wanted = Period.withOwnWindows("period", period);
        PageRequest request = page.request();
        return boards.get(board).chain(found -> history.of(
                        found, player, wanted, found.definition().metric(metric), request)
                .map(ranks -> PageJson.of(
                        request,
                        ranks,
                        rank -> FinalRankJson.of(rank, found.definition().decimals()))));
    }

    /** The player's final place in one window. */
    @Schema(name = "FinalRank")
    public record FinalRankJson(
            String window,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant start,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant end,
            Instant closedAt,
            long rank,
            Number score,
            Instant achievedAt,
            double percentile,

            @Schema(description = "Players in the window") long total) {
        static FinalRankJson of(FinalRank found, int decimals) {
            return new FinalRankJson(
                    found.windowId(),
                    found.start(),
                    found.end(),
                    found.closedAt(),
                    found.rank(),
                    Score.toNumber(found.score(), decimals),
                    found.reachedAt(),
                    found.percentile(),
                    found.total());
        }
    }
}
