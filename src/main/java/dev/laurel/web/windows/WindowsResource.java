package dev.laurel.web.windows;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.archive.Archive;
import dev.laurel.archive.Archive.Closing;
import dev.laurel.archive.Archive.ListedWindow;
import dev.laurel.board.Boards;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.window.WindowState;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.time.Instant;
import java.util.List;

/** The windows of a board. */
@Path("/api/v1/boards/{board}/windows")
@RequiresScope(Scope.READ)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rankings")
public class WindowsResource {
    private static final Bounds AFTER = new Bounds(0, Long.MAX_VALUE, 0);

    private final Boards boards;
    private final Archive archive;

    WindowsResource(Boards boards, Archive archive) {
        this.boards = boards;
        this.archive = archive;
    }

    @GET
    @Operation(operationId = "listWindows", summary = "The windows that have had events, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of windows; closed ones with their first three. On a frozen board, as of the freeze")
    @APIResponse(responseCode = "404", description = "There is no such board")
    public Uni<PageJson<ListedWindowJson>> list(
            @RestPath String board,
            @QueryParam("period") @Parameter(required = true, schema = @Schema(ref = "PeriodPath")) String period,
            @BeanParam PageAddress page) {
        Period wanted = Period.withOwnWindows("period", period);
        PageRequest request = page.request();
        return boards.get(board).chain(found -> archive.windows(found, wanted, request)
                .map(windows -> PageJson.of(
                        request,
                        windows,
                        window -> ListedWindowJson.of(window, found.definition().decimals()))));
    }

    @GET
    @Path("/closed")
    @Operation(
            operationId = "getClosedWindows",
            summary = "The windows a board has closed since a number, in order",
            description =
                    "For followers: the closings of a board are numbered from 1 without gaps, so repeating the request "
                            + "after the last number seen returns each exactly once. Only closings removed by the board's retention "
                            + "are left out. Closings during a freeze are shown after the reveal.")
    @APIResponse(responseCode = "200", description = "The closings; empty if there are no newer ones")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<ClosingsJson> closed(
            @RestPath String board,
            @QueryParam("after")
                    @Parameter(
                            description = "Number of the last closing seen",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", defaultValue = "0"))
                    String after,
            @BeanParam PageAddress.Length length) {
        long since = Parameters.number("after", after, AFTER);
        int wanted = length.entries();
        return boards.get(board).chain(found -> archive.closedSince(found, since, wanted)
                .map(closings ->
                        ClosingsJson.of(closings, since, found.definition().decimals())));
    }

    /** The closed windows, and the number after which the next request continues. */
    @Schema(name = "Closings")
    public record ClosingsJson(List<ClosingJson> items, long next) {
        static ClosingsJson of(List<Closing> closings, long after, int decimals) {
            long next = closings.isEmpty()
                    ? after
                    : closings.get(closings.size() - 1).number();
            return new ClosingsJson(
                    closings.stream()
                            .map(one -> new ClosingJson(
                                    one.number(), one.period(), ListedWindowJson.of(one.window(), decimals)))
                            .toList(),
                    next);
        }
    }

    /** One closing. */
    @Schema(name = "Closing")
    public record ClosingJson(long number, Period period, ListedWindowJson window) {}

    /** A window in the list. */
    @Schema(name = "ListedWindow")
    public record ListedWindowJson(
            String id,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant start,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant end,
            WindowState state,

            @Schema(enumeration = {"ROLLOVER", "RESET"}) @JsonInclude(JsonInclude.Include.NON_NULL)
            String closedBy,

            @JsonInclude(JsonInclude.Include.NON_NULL) Instant closedAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long players,
            List<WinnerJson> winners) {
        static ListedWindowJson of(ListedWindow window, int decimals) {
            List<WinnerJson> winners = window.winners().stream()
                    .map(w -> new WinnerJson(w.rank(), w.playerId(), Score.toNumber(w.score(), decimals)))
                    .toList();
            return new ListedWindowJson(
                    window.id(),
                    window.start(),
                    window.end(),
                    window.state(),
                    window.closedBy(),
                    window.closedAt(),
                    window.players(),
                    winners);
        }
    }

    /** One of the top three of a closed window. */
    @Schema(name = "Winner")
    public record WinnerJson(long rank, String playerId, Number score) {}
}
