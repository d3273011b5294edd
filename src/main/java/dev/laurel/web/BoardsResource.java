package dev.laurel.web;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.board.Boards.Change;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Period;
import dev.laurel.standings.StandingsAdmin;
import dev.laurel.standings.StandingsReader;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Definitions of competitions. */
@Path("/api/v1/boards")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Boards", description = "Definitions of competitions")
public class BoardsResource {
    private final Boards boards;
    private final StandingsReader standings;
    private final StandingsAdmin admin;
    private final Clock clock;

    BoardsResource(Boards boards, StandingsReader standings, StandingsAdmin admin, Clock clock) {
        this.boards = boards;
        this.standings = standings;
        this.admin = admin;
        this.clock = clock;
    }

    @PUT
    @Path("/{board}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putBoard", summary = "Create a board, or change its definition")
    @APIResponse(
            responseCode = "201",
            description = "The board was created",
            content = @Content(schema = @Schema(implementation = BoardJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The definition was changed",
            content = @Content(schema = @Schema(implementation = BoardJson.class)))
    @APIResponse(responseCode = "409", description = "The board has events and keeps what they were counted by")
    @APIResponse(responseCode = "422", description = "A field is not valid; it is named")
    public Uni<RestResponse<BoardJson>> put(@RestPath String board, BoardRequest request) {
        return boards.put(board, Parameters.body(request).definition())
                .call(change -> admin.renewRolling(change.board()))
                .chain(this::answer);
    }

    private Uni<RestResponse<BoardJson>> answer(Change change) {
        RestResponse.Status status = change.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK;
        return withWindows(change.board()).map(json -> RestResponse.status(status, json));
    }

    @GET
    @Path("/{board}")
    @Operation(operationId = "getBoard", summary = "A board, with the window of each period that is running now")
    @APIResponse(responseCode = "200", description = "The board")
    @APIResponse(responseCode = "404", description = "There is no such board")
    public Uni<BoardJson> get(@RestPath String board) {
        return boards.get(board).chain(this::withWindows);
    }

    private Uni<BoardJson> withWindows(Board board) {
        List<Uni<WindowJson>> windows = new ArrayList<>();
        board.definition().periods().stream()
                .sorted()
                // Between two seasons there is no window of theirs.
                .filter(period -> !board.isFilling(period))
                .filter(period -> period != Period.SEASON
                        || board.seasonAt(clock.instant()).isPresent())
                .forEach(period ->
                        windows.add(standings.window(board, period, null).map(WindowJson::of)));
        return windows.isEmpty()
                ? Uni.createFrom().item(BoardJson.of(board, clock.instant(), List.of()))
                : Uni.join().all(windows).andFailFast().map(current -> BoardJson.of(board, clock.instant(), current));
    }

    @GET
    @Operation(operationId = "listBoards", summary = "All boards, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page of boards")
    public Uni<PageJson<BoardJson>> list(@BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return boards.list(wanted)
                .map(found -> PageJson.of(wanted, found, board -> BoardJson.of(board, clock.instant(), List.of())));
    }

    @DELETE
    @Path("/{board}")
    @Operation(operationId = "deleteBoard", summary = "Delete a board with its rankings; the ledger keeps its events")
    @APIResponse(responseCode = "204", description = "The board is gone")
    @APIResponse(responseCode = "404", description = "There is no such board")
    public Uni<RestResponse<Void>> delete(@RestPath String board) {
        return boards.delete(board)
                .call(deleted -> admin.clear(deleted).onFailure().recoverWithItem(0L))
                .replaceWith(RestResponse.noContent());
    }
}
