package dev.laurel.web.rankings;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.cache.Answer;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import dev.laurel.web.body.MaxBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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

import java.util.List;

/** Reading rankings. */
@Path("/api/v1/boards/{board}/rankings/{period}")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rankings", description = "Reading current and past rankings")
public class RankingsResource {
    private static final Bounds OFFSET = new Bounds(0, Integer.MAX_VALUE, 0);
    private static final Bounds RADIUS = new Bounds(0, 500, 5);

    private final RankingAnswers answers;

    RankingsResource(RankingAnswers answers) {
        this.answers = answers;
    }

    @GET
    @Operation(operationId = "getRanking", summary = "The top, or any range, of a ranking")
    @APIResponse(
            responseCode = "200",
            description = "A range of the ranking",
            content = @Content(schema = @Schema(implementation = RankingJson.Page.class)))
    @APIResponse(responseCode = "304", description = "The client's copy is current")
    @APIResponse(responseCode = "404", description = "There is no such board, period or window")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<Response> top(
            @BeanParam RankingAddress address,
            @BeanParam WithPlayer players,
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
                    String cursor,
            @QueryParam("minScore") @Parameter(description = "Only players with at least this score") String minScore,
            @QueryParam("maxScore") @Parameter(description = "Only players with at most this score") String maxScore,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Parameter(hidden = true) String known) {
        RankingQuery query = address.query();
        int wanted = Parameters.limit(limit);
        EntryFields with =
                new EntryFields(players.fields(wanted), players.row(wanted), players.tier(), since.days(query));
        if (cursor != null && offset != null) {
            throw new InvalidInput("offset", "cannot be combined with a cursor");
        }
        long from = Parameters.number("offset", offset, OFFSET);
        if (minScore != null || maxScore != null) {
            if (cursor != null) {
                throw new InvalidInput("cursor", "cannot be combined with minScore or maxScore; use offset");
            }
            return answers.within(query, new RankingAnswers.Bounds(minScore, maxScore), from, wanted, with)
                    .map(found -> ConditionalResponse.of(found, known));
        }
        Uni<Answer> answer =
                cursor == null ? answers.page(query, from, wanted, with) : answers.after(query, cursor, wanted, with);
        return answer.map(found -> ConditionalResponse.of(found, known));
    }

    @GET
    @Path("/players/{player}")
    @Operation(operationId = "getPlayerRank", summary = "A player's place, with the neighbour on each side")
    @APIResponse(
            responseCode = "200",
            description = "The place; ranked is false without a score in this window",
            content = @Content(schema = @Schema(implementation = PlayerRankJson.Player.class)))
    @APIResponse(responseCode = "304", description = "The client's copy is current")
    @APIResponse(responseCode = "404", description = "There is no such board, or the player has never scored on it")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<Response> player(
            @BeanParam RankingAddress address,
            @BeanParam WithPlayer players,
            @BeanParam ChangeSince since,
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Parameter(hidden = true) String known) {
        RankingQuery query = address.query();
        return answers.player(
                        query,
                        player,
                        new EntryFields(players.fields(), players.row(), players.tier(), since.days(query)))
                .map(found -> ConditionalResponse.of(found, known));
    }

    @GET
    @Path("/players/{player}/neighbours")
    @Operation(operationId = "getNeighbours", summary = "A player and the neighbours on each side")
    @APIResponse(
            responseCode = "200",
            description = "The player and the neighbours, in ranking order",
            content = @Content(schema = @Schema(implementation = PlayerRankJson.Neighbours.class)))
    @APIResponse(responseCode = "304", description = "The client's copy is current")
    @APIResponse(responseCode = "404", description = "There is no such board, or the player has never scored on it")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<Response> neighbours(
            @BeanParam RankingAddress address,
            @BeanParam WithPlayer players,
            @BeanParam ChangeSince since,
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("radius")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "0",
                                            maximum = "500",
                                            defaultValue = "5"))
                    String radius,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Parameter(hidden = true) String known) {
        int reach = (int) Parameters.number("radius", radius, RADIUS);
        RankingQuery query = address.query();
        return answers.neighbours(
                        query,
                        player,
                        reach,
                        new EntryFields(
                                players.fields(2 * reach + 1),
                                players.row(2 * reach + 1),
                                players.tier(),
                                since.days(query)))
                .map(found -> ConditionalResponse.of(found, known));
    }

    @POST
    @Path("/lookup")
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(MaxBody.IDS)
    @Operation(operationId = "lookupPlayers", summary = "Chosen players, such as friends, in ranking order")
    @APIResponse(
            responseCode = "200",
            description = "Their ranks on the board and among each other",
            content = @Content(schema = @Schema(implementation = LookupJson.Lookup.class)))
    public Uni<LookupJson.Lookup> lookup(
            @BeanParam RankingAddress address,
            @BeanParam WithPlayer players,
            @BeanParam ChangeSince since,
            LookupRequest request) {
        List<String> chosen = Parameters.body(request).playerIds();
        RankingQuery query = address.query();
        int most = chosen == null ? 0 : Math.min(chosen.size(), Rankings.MAX_LIMIT);
        return answers.lookup(
                query,
                chosen,
                new EntryFields(players.fields(most), players.row(most), players.tier(), since.days(query)));
    }

    /** The requested players. */
    @Schema(name = "LookupRequest")
    public record LookupRequest(
            @Schema(required = true, minItems = 1, maxItems = Rankings.MAX_LIMIT, examples = "[\"alice\", \"bob\"]")
            List<String> playerIds) {}
}
