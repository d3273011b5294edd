package dev.laurel.web.compat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.BoardConfig;
import dev.laurel.board.BoardName;
import dev.laurel.board.access.Submitter;
import dev.laurel.board.access.Submitters;
import dev.laurel.limit.EventQuota;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.score.Scores;
import dev.laurel.score.Submission;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.web.NumberText;
import dev.laurel.web.Parameters;
import dev.laurel.web.rankings.ConditionalResponse;
import io.smallrye.mutiny.Uni;
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
import java.util.Map;
import java.util.TreeMap;

/** Counts, top lists and ranks of the board named by {@code laurel.board.default-board}. */
@Path("/api/redis-leaderboard")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "First interface", description = "Counts of users by period, in the format of the pomodoro app")
public class RedisLeaderboardResource {
    private static final Map<String, String> OWN_NAMES =
            Map.of("score", "count", "playerId", "user_id", "eventId", "Idempotency-Key");

    /** The four periods of this interface. */
    static final List<Period> PERIODS = List.of(Period.DAILY, Period.WEEKLY, Period.MONTHLY, Period.YEARLY);

    private final Scores scores;
    private final Rankings rankings;
    private final TopLists topLists;
    private final UserStatisticsReader statistics;
    private final BoardConfig config;
    private final Submitters submitters;
    private final EventQuota quota;

    RedisLeaderboardResource(
            Scores scores,
            Rankings rankings,
            TopLists topLists,
            UserStatisticsReader statistics,
            BoardConfig config,
            Submitters submitters,
            EventQuota quota) {
        this.quota = quota;
        this.scores = scores;
        this.rankings = rankings;
        this.topLists = topLists;
        this.statistics = statistics;
        this.config = config;
        this.submitters = submitters;
    }

    @RequiresScope({Scope.WRITE, Scope.PLAYER})
    @POST
    @Path("/update")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "compatUpdate",
            summary = "Add to a user's counts",
            description = "With an Idempotency-Key the same call can be repeated without counting twice: it returns "
                    + "the counts of the first answer.")
    @APIResponse(responseCode = "200", description = "The user's statistics after the update")
    @APIResponse(responseCode = "409", description = "The key has been used for another update")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description = "Not acknowledged; with a key it is safe to try again after Retry-After")
    public Uni<UserStatistics> update(
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description = "Event id of the update, which makes a retry safe",
                            schema = @Schema(pattern = Ids.PATTERN, examples = "timer-4711"))
                    String idempotencyKey,
            UpdateRequest request) {
        Parameters.body(request);
        PlayerIds.require("user_id", request.userId());
        String count = NumberText.of(request.count());
        Submitter caller = submitters.current();
        Submission submission = new Submission(request.userId(), count, new TreeMap<>(), idempotencyKey, null, null)
                .byPlayer(caller.isPlayer())
                .reporting(Report.SCORES);
        String board = config.defaultBoard();
        BoardName name = BoardName.of(board);
        return caller.permit(
                        board,
                        request.userId(),
                        () -> quota.within(name.tenant(), 1, () -> scores.submit(name, submission)))
                .map(receipt -> statistics.of(request.userId(), receipt))
                .onFailure(InvalidInput.class)
                .transform(RedisLeaderboardResource::inOwnWords);
    }

    private static InvalidInput inOwnWords(InvalidInput refusal) {
        return new InvalidInput(refusal.errors().stream()
                .map(error -> new FieldError(OWN_NAMES.getOrDefault(error.field(), error.field()), error.message()))
                .toList());
    }

    @GET
    @Path("/{period}")
    @Operation(operationId = "compatTop", summary = "The top list of a period")
    @APIResponse(
            responseCode = "200",
            description = "The top list",
            content = @Content(schema = @Schema(implementation = TopList.class)))
    @APIResponse(responseCode = "304", description = "The client's copy is current")
    @APIResponse(responseCode = "422", description = "The period or the limit is invalid")
    public Uni<Response> top(
            @RestPath @Parameter(schema = @Schema(enumeration = {"daily", "weekly", "monthly", "yearly"}))
                    String period,
            @QueryParam("limit")
                    @Parameter(
                            description = "Maximum number of entries",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "10"))
                    String limit,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Parameter(hidden = true) String known) {
        Period wanted = period(period);
        return topLists.top(wanted, Parameters.limit(limit)).map(found -> ConditionalResponse.of(found, known));
    }

    @GET
    @Path("/user/{user_id}")
    @Operation(operationId = "compatUser", summary = "A user's counts")
    @APIResponse(responseCode = "200", description = "The counts")
    @APIResponse(responseCode = "404", description = "There is no such user")
    public Uni<UserStatistics> user(@RestPath("user_id") @Parameter(schema = @Schema(ref = "PlayerId")) String userId) {
        PlayerIds.require("user_id", userId);
        return statistics.read(userId);
    }

    @GET
    @Path("/user/{user_id}/rank/{period}")
    @Operation(operationId = "compatRank", summary = "A user's rank in a period")
    @APIResponse(responseCode = "200", description = "The rank")
    @APIResponse(responseCode = "404", description = "The user is not ranked in this period")
    public Uni<UserRank> rank(
            @RestPath("user_id") @Parameter(schema = @Schema(ref = "PlayerId")) String userId,
            @RestPath @Parameter(schema = @Schema(enumeration = {"daily", "weekly", "monthly", "yearly"}))
                    String period) {
        PlayerIds.require("user_id", userId);
        Period wanted = period(period);
        return rankings.of(query(wanted))
                .chain(window -> rankings.player(window, null, userId, 0))
                .map(place -> UserRank.of(userId, wanted, place));
    }

    private RankingQuery query(Period period) {
        return new RankingQuery(BoardName.of(config.defaultBoard()), period, null, null);
    }

    static Period period(String path) {
        for (Period period : PERIODS) {
            if (period.path().equals(path)) {
                return period;
            }
        }
        throw new InvalidInput("period", "must be one of daily, weekly, monthly, yearly");
    }

    /** The user and the increments of the counts; other fields are ignored, as they have always been. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "CountUpdate")
    public record UpdateRequest(
            @Schema(required = true, examples = "alice", minLength = 1, maxLength = 128, pattern = PlayerIds.PATTERN)
            String userId,

            @Schema(required = true, examples = "3", minimum = "0")
            NumberText count) {}

    /** A user's rank. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "UserRank")
    public record UserRank(String userId, String period, long rank, Number score, long total) {
        static UserRank of(String userId, Period period, PlayerRank place) {
            if (!place.ranked()) {
                throw new NotFound("User " + userId + " is not ranked in this " + period.path() + " period");
            }
            return new UserRank(
                    userId,
                    period.path(),
                    place.own().rank(),
                    Score.toNumber(
                            place.own().standing().score(),
                            place.ranking().board().definition().decimals()),
                    place.total());
        }
    }
}
