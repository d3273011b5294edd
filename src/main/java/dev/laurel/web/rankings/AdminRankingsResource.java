package dev.laurel.web.rankings;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.cache.Answer;
import dev.laurel.ranking.row.RowWish;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Live rankings, even while their board is frozen for the public. */
@Path("/api/v1/admin/boards/{board}")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class AdminRankingsResource {
    private static final Bounds OFFSET = new Bounds(0, Integer.MAX_VALUE, 0);

    private final RankingAnswers answers;

    AdminRankingsResource(RankingAnswers answers) {
        this.answers = answers;
    }

    @GET
    @Path("/rankings/{period}")
    @Operation(
            operationId = "getLiveRanking",
            summary = "The top, or any range, of a ranking, even while its board is frozen")
    @APIResponse(
            responseCode = "200",
            description = "A range of the ranking",
            content = @Content(schema = @Schema(implementation = RankingJson.Page.class)))
    @APIResponse(responseCode = "404", description = "There is no such board, period or window")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<Response> page(
            @BeanParam RankingAddress address,
            @BeanParam ChangeSince since,
            @QueryParam("limit")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "10"))
                    String limit,
            @QueryParam("offset")
                    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0", defaultValue = "0"))
                    String offset,
            @QueryParam("cursor")
                    @Parameter(description = "The value of next from the previous response; stays in its window")
                    String cursor) {
        int wanted = Parameters.limit(limit);
        if (cursor != null && offset != null) {
            throw new InvalidInput("offset", "cannot be combined with a cursor");
        }
        long from = Parameters.number("offset", offset, OFFSET);
        var query = address.query().live();
        EntryFields with = new EntryFields(null, RowWish.NOTHING, false, since.days(query));
        return (cursor == null ? answers.page(query, from, wanted, with) : answers.after(query, cursor, wanted, with))
                .map(AdminRankingsResource::respond);
    }

    @GET
    @Path("/rankings/{period}/players/{player}")
    @Operation(operationId = "getLivePlayerRank", summary = "A player's place, even while the board is frozen")
    @APIResponse(
            responseCode = "200",
            description = "The place; ranked is false without a score in this window",
            content = @Content(schema = @Schema(implementation = PlayerRankJson.Player.class)))
    @APIResponse(responseCode = "404", description = "There is no such board, or the player has never scored on it")
    public Uni<Response> player(
            @BeanParam RankingAddress address,
            @BeanParam ChangeSince since,
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player) {
        var query = address.query().live();
        return answers.player(query, player, new EntryFields(null, RowWish.NOTHING, false, since.days(query)))
                .map(AdminRankingsResource::respond);
    }

    /** Not cacheable: nobody else may see this response. */
    private static Response respond(Answer answer) {
        return Response.ok(answer.body(), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
