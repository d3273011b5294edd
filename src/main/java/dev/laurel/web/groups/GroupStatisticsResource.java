package dev.laurel.web.groups;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.group.GroupKey;
import dev.laurel.ranking.group.GroupStatistics;
import dev.laurel.shared.Ids;
import dev.laurel.web.WindowJson;
import dev.laurel.web.json.JsonBodies;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The statistics of a group. */
@Path("/api/v1/groups/{kind}/{group}/statistics")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Groups")
@RegisterForReflection(
        targets = {GroupRankingsJson.Statistics.class, GroupRankingsJson.MoverJson.class, WindowJson.class},
        ignoreNested = false)
public class GroupStatisticsResource {
    private final GroupStatistics statistics;
    private final JsonBodies bodies;

    GroupStatisticsResource(GroupStatistics statistics, JsonBodies bodies) {
        this.statistics = statistics;
        this.bodies = bodies;
    }

    @GET
    @Operation(
            operationId = "getGroupStatistics",
            summary = "What the members of a group have scored in a window",
            description =
                    "Cached until the members change, one of them scores, or something on the board is corrected.")
    @APIResponse(
            responseCode = "200",
            description = "The statistics",
            content = @Content(schema = @Schema(implementation = GroupRankingsJson.Statistics.class)))
    @APIResponse(responseCode = "404", description = "There is no such group, board, period or window")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<byte[]> statistics(
            @RestPath @Parameter(schema = @Schema(ref = "GroupKind")) String kind,
            @RestPath String group,
            @QueryParam("board") @Parameter(required = true) String board,
            @QueryParam("period") @Parameter(required = true, schema = @Schema(ref = "PeriodPath")) String period,
            @BeanParam RankedWindow window) {
        GroupKey key = GroupKey.of(kind, group);
        return statistics
                .of(key, window.query(Ids.require("board", board), period))
                .map(found -> bodies.of(found, value -> GroupRankingsJson.Statistics.of(value, kind, group)));
    }
}
