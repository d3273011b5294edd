package dev.laurel.web.players;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.archive.PlayerEvents;
import dev.laurel.archive.PlayerEvents.Event;
import dev.laurel.archive.PlayerEvents.Page;
import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Boards;
import dev.laurel.shared.Activity.Outcome;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;
import dev.laurel.web.PageAddress;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a player has submitted. */
@Path("/api/v1/players/{player}/events")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Players")
public class PlayerEventsResource {

    private final Boards boards;
    private final PlayerEvents events;

    PlayerEventsResource(Boards boards, PlayerEvents events) {
        this.boards = boards;
        this.events = events;
    }

    @GET
    @Operation(
            operationId = "getPlayerEvents",
            summary = "A player's events on a board, newest first",
            description =
                    "As they were submitted, without corrections and without their attributes. On a frozen board, "
                            + "only events accepted by the freeze.")
    @APIResponse(responseCode = "200", description = "A page of events")
    @APIResponse(responseCode = "404", description = "There is no such board, or the player has never scored on it")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<EventsJson> events(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("board") @Parameter(required = true) String board,
            @BeanParam PageAddress.Length length,
            @QueryParam("cursor") @Parameter(description = "The value of next from the previous response")
                    String cursor,
            @QueryParam("outcome")
                    @Parameter(
                            description = "Only attempts that ended like this",
                            schema = @Schema(enumeration = {"COMPLETED", "FAILED", "PARTIAL"}))
                    String outcome) {
        PlayerIds.require("player", player);
        Ids.require("board", board);
        int wanted = length.entries();
        long before = cursor == null ? PlayerEvents.NEWEST : number(cursor);
        Page asked = new Page(before, wanted, outcome == null ? null : Outcome.named("outcome", outcome));
        return boards.get(board).chain(found -> events.of(found, player, asked)
                .map(page -> EventsJson.of(found, player, page, wanted)));
    }

    private static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidInput("cursor", "must be a cursor returned in next");
        }
    }

    /** A page of a player's events. */
    @Schema(name = "PlayerEvents")
    public record EventsJson(
            String playerId,
            String board,
            List<EventJson> items,

            @Schema(description = "Cursor of the next page; missing at the end")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String next) {
        static EventsJson of(Board board, String playerId, List<Event> page, int wanted) {
            String next = page.size() < wanted
                    ? null
                    : Long.toString(page.get(page.size() - 1).number());
            return new EventsJson(
                    playerId,
                    board.name(),
                    page.stream()
                            .map(event -> EventJson.of(event, board.definition()))
                            .toList(),
                    next);
        }
    }

    /** An event. */
    @Schema(name = "PlayerEvent")
    public record EventJson(
            @Schema(description = "Missing when the client chose none") @JsonInclude(JsonInclude.Include.NON_NULL)
            String eventId,

            Number score,

            @Schema(description = "By further metric of the board") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            Map<String, Number> metrics,

            Instant occurredAt,
            Instant receivedAt,

            @Schema(description = "What the player did") @JsonInclude(JsonInclude.Include.NON_NULL)
            String activity,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags,

            @JsonInclude(JsonInclude.Include.NON_NULL) Outcome outcome,

            @JsonInclude(JsonInclude.Include.NON_NULL) Long durationMs) {
        static EventJson of(Event event, BoardDefinition definition) {
            Map<String, Number> metrics = new LinkedHashMap<>();
            for (int i = 1; i < event.scores().size(); i++) {
                if (event.scores().get(i) != null) {
                    metrics.put(
                            definition.metrics().get(i),
                            Score.toNumber(event.scores().get(i), definition.decimals()));
                }
            }
            return new EventJson(
                    event.eventId(),
                    Score.toNumber(event.scores().get(0), definition.decimals()),
                    metrics,
                    event.occurredAt(),
                    event.receivedAt().truncatedTo(ChronoUnit.MILLIS),
                    event.activity().name(),
                    event.activity().tags(),
                    event.activity().outcome(),
                    event.activity().durationMs());
        }
    }
}
