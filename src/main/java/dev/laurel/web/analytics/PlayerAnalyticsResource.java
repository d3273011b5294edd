package dev.laurel.web.analytics;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.analytics.PlayerAnalytics;
import dev.laurel.analytics.SummaryWarming;
import dev.laurel.analytics.figures.Bucket;
import dev.laurel.analytics.rollup.DayRange;
import dev.laurel.board.Boards;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.Arrays;

/** What a player has done on a board. */
@Path("/api/v1/players/{player}/analytics")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@RegisterForReflection(
        targets = {
            SummaryJson.class,
            TrendJson.class,
            MasteryJson.class,
            ComparisonJson.class,
            OutcomesJson.class,
            BoardAnalyticsResource.PlayersJson.class,
            BoardAnalyticsResource.ActiveJson.class,
            BoardAnalyticsResource.CohortJson.class,
            HistogramResource.HistogramJson.class,
            HistogramResource.BucketJson.class
        },
        ignoreNested = false)
@Tag(name = "Analytics", description = "What players have done, day by day")
@APIResponse(responseCode = "404", description = "There is no such board, or the player has never scored on it")
@APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
@APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
public class PlayerAnalyticsResource {
    private static final Bounds WINDOW = new Bounds(1, 30, 7);

    private final Boards boards;
    private final PlayerAnalytics analytics;
    private final JsonBodies bodies;
    private final SummaryWarming warming;

    PlayerAnalyticsResource(Boards boards, PlayerAnalytics analytics, JsonBodies bodies, SummaryWarming warming) {
        this.boards = boards;
        this.analytics = analytics;
        this.bodies = bodies;
        this.warming = warming;
    }

    @GET
    @Path("/summary")
    @Operation(
            operationId = "getPlayerSummary",
            summary = "What a player has done on a board: totals, consistency, streak, places",
            description = "Cached up to 10 minutes; an event of the player is seen about a second later.")
    @APIResponse(
            responseCode = "200",
            description = "The summary",
            content = @Content(schema = @Schema(implementation = SummaryJson.class)))
    public Uni<byte[]> summary(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("board") @Parameter(required = true) String board,
            @BeanParam Days days) {
        require(player, board);
        days.validate();
        return boards.get(board)
                .chain(found -> {
                    DayRange range = days.range(analytics.today(found));
                    warming.seen(found, player, range);
                    return analytics.summary(found, player, range);
                })
                .map(found -> bodies.of(found, value -> SummaryJson.of(value, player)));
    }

    @GET
    @Path("/trend")
    @Operation(
            operationId = "getPlayerTrend",
            summary = "A player's values over time, with a moving average and the slope",
            description = "30 days, 12 weeks or 12 months, the current one included. Cached like the summary.")
    @APIResponse(
            responseCode = "200",
            description = "The trend",
            content = @Content(schema = @Schema(implementation = TrendJson.class)))
    public Uni<byte[]> trend(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("board") @Parameter(required = true) String board,
            @QueryParam("bucket")
                    @Parameter(
                            description = "Length of a bucket",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"DAY", "WEEK", "MONTH"},
                                            defaultValue = "DAY"))
                    String bucket,
            @QueryParam("window")
                    @Parameter(
                            description = "How many values the moving average covers",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "30",
                                            defaultValue = "7"))
                    String window) {
        require(player, board);
        Bucket length = bucket == null ? Bucket.DAY : bucket(bucket);
        int values = (int) Parameters.number("window", window, WINDOW);
        return boards.get(board)
                .chain(found -> analytics.trend(found, player, length, values))
                .map(found -> bodies.of(found, value -> TrendJson.of(value, player)));
    }

    private static Bucket bucket(String name) {
        return Arrays.stream(Bucket.values())
                .filter(bucket -> bucket.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("bucket", "must be one of DAY, WEEK, MONTH"));
    }

    @GET
    @Path("/mastery")
    @Operation(
            operationId = "getPlayerMastery",
            summary = "How well a player masters each tag",
            description =
                    "(sum of weight * success + 1) / (sum of weight + 2), where an attempt weighs half as much every 30 "
                            + "days and a partial success counts half. Cached like the summary.")
    @APIResponse(
            responseCode = "200",
            description = "Mastery by tag",
            content = @Content(schema = @Schema(implementation = MasteryJson.class)))
    public Uni<byte[]> mastery(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("board") @Parameter(required = true) String board) {
        require(player, board);
        return boards.get(board)
                .chain(found -> analytics.mastery(found, player))
                .map(found -> bodies.of(found, value -> MasteryJson.of(value, player)));
    }

    @GET
    @Path("/comparison")
    @Operation(
            operationId = "comparePlayer",
            summary = "A player among the members of a group",
            description =
                    "Members who take no rank are left out, and of fewer than five members only the own figures are given. "
                            + "Cached like the summary: what other members do is seen when "
                            + "the answer is renewed.")
    @APIResponse(
            responseCode = "200",
            description = "The comparison",
            content = @Content(schema = @Schema(implementation = ComparisonJson.class)))
    public Uni<byte[]> comparison(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("board") @Parameter(required = true) String board,
            @QueryParam("segment")
                    @Parameter(
                            required = true,
                            description = "A group or another segment, such as class:7b",
                            example = "class:7b")
                    String segment,
            @BeanParam Days days) {
        require(player, board);
        days.validate();
        if (segment == null) {
            throw new InvalidInput("segment", "is missing");
        }
        return boards.get(board)
                .chain(found -> analytics.comparison(found, player, segment, days.range(analytics.today(found))))
                .map(found -> bodies.of(found, value -> ComparisonJson.of(value, player)));
    }

    private static void require(String player, String board) {
        PlayerIds.require("player", player);
        Ids.require("board", board);
    }
}
