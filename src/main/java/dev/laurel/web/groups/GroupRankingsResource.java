package dev.laurel.web.groups;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.group.GroupKey;
import dev.laurel.ranking.group.GroupRankingQuery;
import dev.laurel.ranking.group.GroupRankings;
import dev.laurel.ranking.group.Rollup;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.PageAddress;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
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

/** Groups ranked by what their members have scored. */
@Path("/api/v1/boards/{board}/group-rankings/{period}")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Groups")
public class GroupRankingsResource {
    private static final Bounds K = new Bounds(1, Rollup.MAX_K, 0);
    private static final Bounds MIN_MEMBERS = new Bounds(1, Rollup.MAX_K, 1);

    private final GroupRankings rankings;

    GroupRankingsResource(GroupRankings rankings) {
        this.rankings = rankings;
    }

    @GET
    @Operation(
            operationId = "getGroupRanking",
            summary = "The groups of a kind, ranked by what their members have scored",
            description =
                    "Exact as of asOf, about a second ago at most. A player counts for each group that the player "
                            + "belongs to now, with all points of the window; where the board lets points stay, those earned "
                            + "as a member of a group count for it, as of five seconds ago at most. Order, ties and ranks are those of the board; "
                            + "groups without ranked members take no rank.")
    @APIResponse(responseCode = "200", description = "A page of groups, best first")
    @APIResponse(responseCode = "404", description = "There is no such board, period or window")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<GroupRankingsJson.Page> ranking(
            @RestPath String board,
            @RestPath @Parameter(schema = @Schema(ref = "PeriodPath")) String period,
            @BeanParam RankedWindow window,
            @QueryParam("kind") @Parameter(required = true, schema = @Schema(ref = "GroupKind")) String kind,
            @QueryParam("rollup")
                    @Parameter(
                            description = "How the scores of the members make that of the group",
                            schema =
                                    @Schema(
                                            enumeration = {"SUM", "AVERAGE", "BEST_K"},
                                            defaultValue = "SUM"))
                    String rollup,
            @QueryParam("k")
                    @Parameter(
                            description = "How many of the best members count with BEST_K; default: 3",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "10000"))
                    String k,
            @QueryParam("minMembers")
                    @Parameter(
                            description = "Only groups with at least so many ranked members",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "10000",
                                            defaultValue = "1"))
                    String minMembers,
            @BeanParam PageAddress page) {
        Rollup wanted = rollup(rollup);
        GroupRankingQuery query = new GroupRankingQuery(
                GroupKey.requireKind(kind),
                wanted,
                wanted.counted(k == null ? null : (int) Parameters.number("k", k, K)),
                (int) Parameters.number("minMembers", minMembers, MIN_MEMBERS),
                page.request());
        return rankings.page(window.query(board, period), query).map(found -> GroupRankingsJson.Page.of(found, query));
    }

    private static Rollup rollup(String text) {
        if (text == null) {
            return Rollup.SUM;
        }
        for (Rollup rollup : Rollup.values()) {
            if (rollup.name().equals(text)) {
                return rollup;
            }
        }
        throw new InvalidInput("rollup", "must be SUM, AVERAGE or BEST_K");
    }
}
