package dev.laurel.web.rankings;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.RankingStatistics;
import dev.laurel.ranking.Rankings;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Score;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.util.Arrays;
import java.util.List;

/** The value of scores in a ranking. */
@Path("/api/v1/boards/{board}/rankings/{period}")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rankings")
public class RankingStatisticsResource {
    /** Percentages have two decimals. */
    private static final int DECIMALS = 2;

    private static final long WHOLE = 10_000;

    private final Rankings rankings;
    private final RankingStatistics statistics;

    RankingStatisticsResource(Rankings rankings, RankingStatistics statistics) {
        this.rankings = rankings;
        this.statistics = statistics;
    }

    @GET
    @Path("/percentiles")
    @Operation(
            operationId = "getPercentiles",
            summary = "The scores at given percentiles",
            description =
                    "By the nearest-rank method: the score of the player at or below whom that share of the players is.")
    @APIResponse(responseCode = "200", description = "A score for each percentile, in the order of the request")
    @APIResponse(responseCode = "404", description = "There is no such board, period or window")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<StatisticsJson.Percentiles> percentiles(
            @BeanParam RankingAddress address,
            @QueryParam("at")
                    @Parameter(
                            required = true,
                            description =
                                    "Up to 100 percentages from 0 to 100 with up to two decimals, separated by commas",
                            example = "50,90,99")
                    String at) {
        RankingQuery query = address.query();
        List<Integer> shares = shares(at);
        return rankings.of(query)
                .chain(window -> statistics.quantiles(window, query.window(), shares))
                .map(StatisticsJson.Percentiles::of);
    }

    private static List<Integer> shares(String at) {
        String[] parts = at == null ? new String[0] : at.split(",", -1);
        if (parts.length == 0 || parts.length > RankingStatistics.MAX_SHARES) {
            throw new InvalidInput(
                    "at", "must name 1 to " + RankingStatistics.MAX_SHARES + " percentages, such as 50,90,99");
        }
        return Arrays.stream(parts).map(RankingStatisticsResource::share).toList();
    }

    private static int share(String text) {
        long share = Score.parse("at", text, DECIMALS);
        if (share < 0 || share > WHOLE) {
            throw new InvalidInput("at", "must be within 0 and 100");
        }
        return (int) share;
    }

    @GET
    @Path("/what-if")
    @Operation(operationId = "getWhatIf", summary = "The rank that a new player with this score would have")
    @APIResponse(responseCode = "200", description = "The rank and the percentile")
    @APIResponse(responseCode = "404", description = "There is no such board, period or window")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<StatisticsJson.WhatIfJson> whatIf(
            @BeanParam RankingAddress address,
            @QueryParam("score") @Parameter(required = true, example = "120") String score) {
        RankingQuery query = address.query();
        return rankings.of(query)
                .chain(window -> statistics.whatIf(
                        window,
                        query.window(),
                        Score.parse("score", score, window.board().definition().decimals())))
                .map(StatisticsJson.WhatIfJson::of);
    }
}
