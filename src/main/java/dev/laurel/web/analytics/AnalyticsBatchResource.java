package dev.laurel.web.analytics;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.analytics.ManyPlayers;
import dev.laurel.analytics.ManyPlayers.Part;
import dev.laurel.analytics.PlayerAnalytics;
import dev.laurel.board.Boards;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.web.Parameters;
import dev.laurel.web.analytics.AnalyticsBatchJson.AnswerJson;
import dev.laurel.web.analytics.AnalyticsBatchJson.Question;
import dev.laurel.web.body.MaxBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Figures of many players at once. */
@Path("/api/v1/analytics/players")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Analytics")
public class AnalyticsBatchResource {
    private final Boards boards;
    private final ManyPlayers players;
    private final PlayerAnalytics analytics;

    AnalyticsBatchResource(Boards boards, ManyPlayers players, PlayerAnalytics analytics) {
        this.boards = boards;
        this.players = players;
        this.analytics = analytics;
    }

    @POST
    @MaxBody(MaxBody.IDS)
    @Operation(
            operationId = "analysePlayers",
            summary = "Figures of up to 1,000 players on a board",
            description = "Read in one statement for each part, and not cached.")
    @APIResponse(responseCode = "200", description = "The figures, in the order of the request")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<AnswerJson> analyse(Question question) {
        Question asked = Parameters.body(question);
        Ids.require("board", asked.board());
        List<String> ids = players(asked.playerIds());
        Set<Part> parts = parts(asked.parts());
        return boards.get(asked.board())
                .chain(found ->
                        players.of(found, ids, parts, Days.range(asked.from(), asked.to(), analytics.today(found))))
                .map(AnswerJson::of);
    }

    private static List<String> players(List<String> ids) {
        if (ids == null || ids.isEmpty() || ids.size() > ManyPlayers.MAX_PLAYERS) {
            throw new InvalidInput("playerIds", "must name 1 to " + ManyPlayers.MAX_PLAYERS + " players");
        }
        ids.forEach(id -> PlayerIds.require("playerIds", id));
        return ids.stream().distinct().toList();
    }

    private static Set<Part> parts(List<String> names) {
        if (names == null || names.isEmpty()) {
            return EnumSet.of(Part.SUMMARY);
        }
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : names) {
            Part part = AnalyticsBatchJson.part(name);
            if (part == null) {
                throw new InvalidInput("parts", "must be among SUMMARY, STREAK, MASTERY");
            }
            parts.add(part);
        }
        return parts;
    }
}
