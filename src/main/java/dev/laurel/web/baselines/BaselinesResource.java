package dev.laurel.web.baselines;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.correction.Decision;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PageRequest;
import dev.laurel.standings.baseline.BaselineOrder;
import dev.laurel.standings.baseline.Baselines;
import dev.laurel.web.ItemListReader;
import dev.laurel.web.ItemListReader.Shape;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.baselines.BaselineJson.Changed;
import dev.laurel.web.baselines.BaselineJson.Read;
import dev.laurel.web.baselines.BaselineJson.Row;
import dev.laurel.web.baselines.BaselineJson.Rows;
import dev.laurel.web.body.MaxBody;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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

import java.util.List;

/** What players had when a season began. */
@Path("/api/v1/boards/{board}/seasons/{season}/baseline")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Seasons")
public class BaselinesResource {
    private static final Shape SHAPE = new Shape("players", "players", BaselineOrder.MAX_PLAYERS);

    private final Boards boards;
    private final Baselines baselines;
    private final ItemListReader<Row, Read> reader;

    BaselinesResource(Boards boards, Baselines baselines, ObjectMapper mapper, Vertx vertx) {
        this.boards = boards;
        this.baselines = baselines;
        this.reader = new ItemListReader<>(SHAPE, Row.class, Read::of, Read::unreadable, mapper, vertx);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(MaxBody.ITEMS)
    @Operation(
            operationId = "setBaselines",
            summary = "Set what gains of up to 10,000 players count from in a season",
            description =
                    "All or nothing. Players who are not named keep their baselines. May come late, and again: all"
                            + " that is shown is as if the baselines had been there from the start. Written to the log."
                            + " Baselines of a closed season are refused, unless its final ranking is to be made again: then it"
                            + " is closed once more, under a new number.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Rows.class)))
    @APIResponse(
            responseCode = "200",
            description = "How many baselines have changed, and what they were",
            content = @Content(schema = @Schema(implementation = Changed.class)))
    @APIResponse(responseCode = "404", description = "There is no such board or season")
    @APIResponse(
            responseCode = "409",
            description =
                    "The season is closed and closedWindows is not REWRITE, or a derived metric would leave the range of scores")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<Changed> set(
            @RestPath String board,
            @RestPath String season,
            @QueryParam("reason")
                    @Parameter(
                            description = "The reason, for the log",
                            required = true,
                            schema = @Schema(maxLength = 500, examples = "Scan of the first day"))
                    String reason,
            @QueryParam("author")
                    @Parameter(
                            description = "The author, for the log",
                            required = true,
                            schema = @Schema(maxLength = 128, examples = "operator-2"))
                    String author,
            @QueryParam("closedWindows")
                    @Parameter(
                            description =
                                    "Whether baselines of a closed season are refused, or its final ranking is made again",
                            schema =
                                    @Schema(
                                            enumeration = {"REFUSE", "REWRITE"},
                                            defaultValue = "REFUSE"))
                    String closedWindows,
            byte[] body) {
        Decision decision = new Decision(reason, author);
        boolean closed = rewrites(closedWindows);
        return boards.get(board).chain(found -> reader.read(Parameters.body(body), false)
                .map(rows -> order(found, season, rows, closed, decision))
                .chain(order -> baselines.set(found.fullName(), order))
                .map(change -> Changed.of(change, found.definition())));
    }

    private static boolean rewrites(String closedWindows) {
        if (closedWindows == null || closedWindows.equals("REFUSE")) {
            return false;
        }
        if (!closedWindows.equals("REWRITE")) {
            throw new InvalidInput("closedWindows", "must be REFUSE or REWRITE");
        }
        return true;
    }

    private static BaselineOrder order(Board board, String season, List<Read> rows, boolean closed, Decision decision) {
        return new BaselineOrder(
                season, BaselineJson.baselines(rows, board.definition()), closed, decision.reason(), decision.author());
    }

    @RequiresScope(Scope.READ)
    @GET
    @Operation(
            operationId = "listBaselines",
            summary = "What gains count from in a season, ordered by player id",
            description = "Without players who take no rank. For a frozen board, as of its freeze.")
    @APIResponse(responseCode = "200", description = "A page of the baselines")
    @APIResponse(responseCode = "404", description = "There is no such board or season")
    public Uni<PageJson<Row>> list(@RestPath String board, @RestPath String season, @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return boards.get(board).chain(found -> baselines
                .page(found, season, wanted)
                .map(items -> PageJson.of(wanted, items, one -> Row.of(one, found.definition()))));
    }
}
