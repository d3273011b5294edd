package dev.laurel.web.corrections;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.Boards;
import dev.laurel.correction.Decision;
import dev.laurel.correction.TakeoverRow;
import dev.laurel.correction.Takeovers;
import dev.laurel.web.ItemListReader;
import dev.laurel.web.ItemListReader.Shape;
import dev.laurel.web.Parameters;
import dev.laurel.web.SentOnce;
import dev.laurel.web.body.MaxBody;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Migration from another leaderboard table. */
@Path("/api/v1/admin/boards/{board}/standings")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class TakeoverResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final Shape SHAPE = new Shape("standings", "rows", Takeovers.MAX_ROWS);

    private final Boards boards;
    private final Takeovers takeovers;
    private final ItemListReader<TakeoverJson.Row, TakeoverRow> reader;

    TakeoverResource(Boards boards, Takeovers takeovers, ObjectMapper mapper, Vertx vertx) {
        this.boards = boards;
        this.takeovers = takeovers;
        this.reader = new ItemListReader<>(
                SHAPE, TakeoverJson.Row.class, TakeoverJson.Row::toRow, TakeoverRow::unreadable, mapper, vertx);
    }

    @POST
    @SentOnce
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @MaxBody(MaxBody.ITEMS)
    @Operation(
            operationId = "takeOverStandings",
            summary = "Import up to 10,000 players' standings from another system",
            description =
                    "Each score becomes an event in the ledger that counts only in the running window of its period, "
                            + "and is exempt from the board's score bounds. Events submitted before, meanwhile and "
                            + "after are combined with it by the board's operator. The same row sent again counts once "
                            + "and returns DUPLICATE; another score for the same player, period and window is "
                            + "refused: correct it with an adjustment. Each score is accepted or refused on its own.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = TakeoverJson.Rows.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = TakeoverJson.Row.class))
            })
    @APIResponse(responseCode = "200", description = "The result of each row, in order")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "409", description = "The board has several metrics")
    @APIResponse(responseCode = "422", description = "A parameter is invalid, or there are no rows or too many")
    @APIResponse(responseCode = "503", description = "Not acknowledged; it is safe to try again after Retry-After")
    public Uni<TakeoverJson.Results> takeOver(
            @RestPath String board,
            @QueryParam("reason")
                    @Parameter(
                            description = "The reason, for the log and the ledger",
                            required = true,
                            schema = @Schema(maxLength = 500, examples = "Moving from our own table"))
                    String reason,
            @QueryParam("author")
                    @Parameter(
                            description = "The author, for the log and the ledger",
                            required = true,
                            schema = @Schema(maxLength = 128, examples = "operator-2"))
                    String author,
            @HeaderParam("Content-Type") String type,
            byte[] body) {
        Decision decision = new Decision(reason, author);
        boolean lines = type != null && type.regionMatches(true, 0, NDJSON, 0, NDJSON.length());
        return boards.get(board)
                .chain(found -> reader.read(Parameters.body(body), lines)
                        .chain(rows -> takeovers.takeOver(found, rows, decision)))
                .map(TakeoverJson.Results::of);
    }
}
