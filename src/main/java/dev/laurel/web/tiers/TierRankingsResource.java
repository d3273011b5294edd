package dev.laurel.web.tiers;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.ranking.PlayerFields;
import dev.laurel.ranking.ShownPlayers;
import dev.laurel.shared.PageRequest;
import dev.laurel.tier.TierPage;
import dev.laurel.tier.Tiers;
import dev.laurel.web.PageAddress;
import dev.laurel.web.rankings.RankingAddress;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.List;

/** Rankings divided into the tiers of their board. */
@Path("/api/v1/boards/{board}/rankings/{period}/tiers")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tiers")
public class TierRankingsResource {
    private static final String NOWHERE = "There is no such board, period or window, or the board has no tiers";
    private static final String UNAVAILABLE =
            "PostgreSQL is unavailable, or computes as many tiers as it can take; try again after Retry-After";

    private final Tiers tiers;
    private final ShownPlayers players;

    TierRankingsResource(Tiers tiers, ShownPlayers players) {
        this.tiers = tiers;
        this.players = players;
    }

    @GET
    @Operation(
            operationId = "getTierCounts",
            summary = "How many players of a ranking each tier has",
            description =
                    "A player is in the same tier whatever metric or segment the ranking is of: ranks and percentiles in "
                            + "conditions are those among all players of the window. Counted two minutes ago at most; uploads, "
                            + "corrections, hidden players and changed tiers show at once.")
    @APIResponse(responseCode = "200", description = "The tiers with their numbers of players")
    @APIResponse(responseCode = "404", description = NOWHERE)
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    public Uni<TierRankingsJson.Counts> counts(@BeanParam RankingAddress address) {
        return tiers.counts(address.query()).map(TierRankingsJson.Counts::of);
    }

    @GET
    @Path("/{boardTier}/players")
    @Operation(
            operationId = "listTierPlayers",
            summary = "The players of a tier, in ranking order",
            description = "As of two minutes ago at most, like the counts.")
    @APIResponse(responseCode = "200", description = "A page of players")
    @APIResponse(responseCode = "404", description = NOWHERE + ", or no such tier")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    public Uni<TierRankingsJson.Players> players(
            @BeanParam RankingAddress address, @RestPath String boardTier, @BeanParam PageAddress page) {
        PageRequest request = page.request();
        return tiers.players(address.query(), boardTier, request).chain(found -> shown(found, request));
    }

    private Uni<TierRankingsJson.Players> shown(TierPage found, PageRequest request) {
        List<String> ids =
                found.players().stream().map(one -> one.standing().playerId()).toList();
        return players.of(found.ranking(), ids, new PlayerFields(List.of()))
                .map(shown -> TierRankingsJson.Players.of(found, shown, request));
    }
}
