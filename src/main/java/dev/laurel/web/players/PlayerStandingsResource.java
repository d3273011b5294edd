package dev.laurel.web.players;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.PlayerStandings;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Source;
import dev.laurel.web.WindowJson;
import io.smallrye.mutiny.Uni;
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

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A player's places on several boards. */
@Path("/api/v1/players/{player}/standings")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Players")
public class PlayerStandingsResource {
    private final PlayerStandings standings;
    private final Clock clock;

    PlayerStandingsResource(PlayerStandings standings, Clock clock) {
        this.standings = standings;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getPlayerStandings",
            summary = "A player's current places on several boards, over all their periods",
            description = "By each board's first metric. On a frozen board, as at its freeze.")
    @APIResponse(responseCode = "200", description = "A place for each running window of each board")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PlayerStandingsJson> standings(
            @RestPath @Parameter(schema = @Schema(ref = "PlayerId")) String player,
            @QueryParam("boards")
                    @Parameter(
                            required = true,
                            description = "1 to 20 boards, separated by commas",
                            schema = @Schema(examples = "pomodoro"))
                    String boards,
            @QueryParam("periods")
                    @Parameter(
                            description = "Only these periods, separated by commas; default: all",
                            schema = @Schema(examples = "daily,all_time"))
                    String periods) {
        PlayerIds.require("player", player);
        return standings
                .of(boards(boards), periods(periods), player)
                .map(places ->
                        PlayerStandingsJson.of(player, places, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    private static List<String> boards(String text) {
        List<String> names = text == null
                ? List.of()
                : Stream.of(text.split(",", -1)).distinct().toList();
        if (names.isEmpty() || names.size() > PlayerStandings.MAX_BOARDS) {
            throw new InvalidInput("boards", "must name 1 to " + PlayerStandings.MAX_BOARDS + " boards");
        }
        names.forEach(name -> Ids.require("boards", name));
        return names;
    }

    private static Set<Period> periods(String text) {
        Set<Period> periods = EnumSet.noneOf(Period.class);
        if (text != null) {
            Stream.of(text.split(",", -1)).forEach(word -> periods.add(Period.ofPath("periods", word)));
        }
        return periods;
    }

    /** A player's places. */
    @Schema(name = "PlayerStandings")
    public record PlayerStandingsJson(String playerId, Instant asOf, List<PlaceJson> items) {
        static PlayerStandingsJson of(String playerId, List<PlayerRank> places, Instant asOf) {
            return new PlayerStandingsJson(
                    playerId, asOf, places.stream().map(PlaceJson::of).toList());
        }
    }

    /** A player's place in one window. */
    @Schema(name = "PlayerPlace")
    public record PlaceJson(
            String board,
            Period period,
            WindowJson window,
            boolean ranked,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long rank,
            @JsonInclude(JsonInclude.Include.NON_NULL) Number score,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant achievedAt,

            @Schema(description = "As for the rank of a player") @JsonInclude(JsonInclude.Include.NON_NULL)
            Double percentile,

            @Schema(description = "Players in the window") long total,
            Source source) {
        static PlaceJson of(PlayerRank place) {
            int decimals = place.ranking().board().definition().decimals();
            return new PlaceJson(
                    place.ranking().board().name(),
                    place.ranking().period(),
                    WindowJson.of(place.ranking().window()),
                    place.ranked(),
                    place.ranked() ? place.own().rank() : null,
                    place.ranked() ? Score.toNumber(place.own().standing().score(), decimals) : null,
                    place.ranked() ? Instant.ofEpochMilli(place.own().standing().reachedAt()) : null,
                    place.percentile(),
                    place.total(),
                    place.source());
        }
    }
}
