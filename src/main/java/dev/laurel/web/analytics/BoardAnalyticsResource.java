package dev.laurel.web.analytics;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.analytics.BoardAnalytics;
import dev.laurel.analytics.BoardAnalytics.Cohort;
import dev.laurel.analytics.BoardAnalytics.Players;
import dev.laurel.board.Boards;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import dev.laurel.web.json.JsonBodies;
import io.smallrye.mutiny.Uni;
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

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** How many players a board has, and how many come back. */
@Path("/api/v1/boards/{board}/analytics")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Analytics")
public class BoardAnalyticsResource {
    private static final Bounds WEEKS = new Bounds(1, BoardAnalytics.MAX_WEEKS, 12);

    private final Boards boards;
    private final BoardAnalytics analytics;
    private final JsonBodies bodies;

    BoardAnalyticsResource(Boards boards, BoardAnalytics analytics, JsonBodies bodies) {
        this.boards = boards;
        this.analytics = analytics;
        this.bodies = bodies;
    }

    @GET
    @Operation(
            operationId = "getBoardAnalytics",
            summary = "Active and new players of a board, and retention by week",
            description =
                    "In the board's time zone; weeks begin on Mondays. Cached up to 10 minutes. For a frozen board, as of "
                            + "its freeze.")
    @APIResponse(
            responseCode = "200",
            description = "The players of the board",
            content = @Content(schema = @Schema(implementation = PlayersJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<byte[]> analytics(
            @RestPath String board,
            @QueryParam("weeks")
                    @Parameter(
                            description = "Number of weeks, the current one included",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "26",
                                            defaultValue = "12"))
                    String weeks) {
        int number = (int) Parameters.number("weeks", weeks, WEEKS);
        return boards.get(board)
                .chain(found -> analytics.of(found, number))
                .map(found -> bodies.of(found, PlayersJson::of));
    }

    /** The players of a board. */
    @Schema(name = "BoardPlayers")
    public record PlayersJson(
            String board,
            String zone,

            @Schema(description = "When this was computed; for a frozen board, the freeze")
            Instant asOf,

            @Schema(description = "Players with at least one event")
            long players,

            ActiveJson active,

            @Schema(description = "Players by the week of their first event, in order")
            List<CohortJson> cohorts) {
        static PlayersJson of(Players found) {
            return new PlayersJson(
                    found.board().name(),
                    found.board().definition().zone().getId(),
                    found.asOf(),
                    found.ever(),
                    new ActiveJson(found.today(), found.last7Days(), found.last30Days()),
                    found.cohorts().stream().map(CohortJson::of).toList());
        }
    }

    /** Players with an event. */
    @Schema(name = "ActivePlayers")
    public record ActiveJson(long today, long last7Days, long last30Days) {}

    /** The players who were new in a week. */
    @Schema(name = "PlayerCohort")
    public record CohortJson(
            @Schema(description = "Its Monday") LocalDate week,
            long newPlayers,

            @Schema(description = "How many of them were active in that week, in the next one, and so on")
            List<Long> active,

            @Schema(description = "The same as shares; empty without new players")
            List<BigDecimal> retention) {
        static CohortJson of(Cohort found) {
            return new CohortJson(
                    found.week(),
                    found.players(),
                    found.active(),
                    found.players() == 0
                            ? List.of()
                            : found.active().stream()
                                    .map(active -> Units.plain((double) active / found.players()))
                                    .toList());
        }
    }
}
