package dev.laurel.web.boards;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.Boards;
import dev.laurel.board.Season;
import dev.laurel.board.Seasons;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Windows with a chosen start and end. Their rankings are those of the period {@code season}. */
@Path("/api/v1/boards/{board}/seasons")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Seasons", description = "Windows with a chosen start and end")
public class SeasonsResource {
    private final Boards boards;
    private final Seasons seasons;

    SeasonsResource(Boards boards, Seasons seasons) {
        this.boards = boards;
        this.seasons = seasons;
    }

    @PUT
    @Path("/{season}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putSeason",
            summary = "Create or change a season",
            description = "Seasons of a board do not overlap. One that has had events keeps its start, and cannot end "
                    + "before now.")
    @APIResponse(
            responseCode = "201",
            description = "The season was created",
            content = @Content(schema = @Schema(implementation = SeasonJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The season was changed",
            content = @Content(schema = @Schema(implementation = SeasonJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "409", description = "It would overlap another one, or its events forbid the change")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<SeasonJson>> put(@RestPath String board, @RestPath String season, SeasonRequest request) {
        Season wanted = Parameters.body(request).toSeason(season);
        return seasons.put(board, wanted)
                .map(change -> RestResponse.status(
                        change.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        SeasonJson.of(change.season())));
    }

    @RequiresScope(Scope.READ)
    @GET
    @Operation(operationId = "listSeasons", summary = "All seasons of a board, in chronological order")
    @APIResponse(responseCode = "200", description = "The seasons")
    @APIResponse(responseCode = "404", description = "There is no such board")
    public Uni<SeasonList> list(@RestPath String board) {
        return boards.get(board)
                .map(found -> new SeasonList(
                        found.seasons().stream().map(SeasonJson::of).toList()));
    }

    @RequiresScope(Scope.READ)
    @GET
    @Path("/active")
    @Operation(operationId = "getActiveSeason", summary = "The season that is running")
    @APIResponse(responseCode = "200", description = "The season")
    @APIResponse(responseCode = "404", description = "There is no such board, or none of its seasons is running")
    public Uni<SeasonJson> active(@RestPath String board) {
        return seasons.active(board).map(SeasonJson::of);
    }

    @RequiresScope(Scope.READ)
    @GET
    @Path("/{season}")
    @Operation(operationId = "getSeason", summary = "A season")
    @APIResponse(responseCode = "200", description = "The season")
    @APIResponse(responseCode = "404", description = "There is no such board or season")
    public Uni<SeasonJson> get(@RestPath String board, @RestPath String season) {
        return seasons.get(board, season).map(SeasonJson::of);
    }

    @POST
    @Path("/{season}/end")
    @Operation(operationId = "endSeason", summary = "End the running season now")
    @APIResponse(responseCode = "200", description = "The season with its new end; it is closed after its lateness")
    @APIResponse(responseCode = "404", description = "There is no such board or season")
    @APIResponse(responseCode = "409", description = "The season is not running")
    public Uni<SeasonJson> end(@RestPath String board, @RestPath String season) {
        return seasons.end(board, season).map(change -> SeasonJson.of(change.season()));
    }

    @DELETE
    @Path("/{season}")
    @Operation(operationId = "deleteSeason", summary = "Remove a season that has had no events")
    @APIResponse(responseCode = "204", description = "The season has been deleted")
    @APIResponse(responseCode = "404", description = "There is no such board or season")
    @APIResponse(responseCode = "409", description = "The season has events and cannot be deleted")
    public Uni<RestResponse<Void>> delete(@RestPath String board, @RestPath String season) {
        return seasons.remove(board, season).replaceWith(RestResponse.noContent());
    }

    /** A season as a client writes it. */
    @Schema(name = "SeasonDefinition")
    public record SeasonRequest(
            @Schema(required = true, examples = "Autumn league", minLength = 1, maxLength = 80)
            String title,

            @Schema(required = true, format = "date-time", examples = "2026-09-01T00:00:00Z")
            String start,

            @Schema(
                    required = true,
                    format = "date-time",
                    examples = "2026-12-01T00:00:00Z",
                    description = "End of the season, exclusive")
            String end) {
        Season toSeason(String id) {
            return new Season(id, title, instant("start", start), instant("end", end));
        }

        private static Instant instant(String field, String text) {
            if (text == null) {
                return null;
            }
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new InvalidInput(field, "must be an RFC 3339 instant, such as 2026-09-01T00:00:00Z");
            }
        }
    }

    /** The JSON form of a season. */
    @Schema(name = "Season")
    public record SeasonJson(
            String id,
            String title,
            Instant start,

            @Schema(description = "End of the season, exclusive")
            Instant end) {
        static SeasonJson of(Season season) {
            return new SeasonJson(season.id(), season.title(), season.start(), season.end());
        }
    }

    /** Seasons in chronological order. */
    @Schema(name = "Seasons")
    public record SeasonList(List<SeasonJson> items) {}
}
