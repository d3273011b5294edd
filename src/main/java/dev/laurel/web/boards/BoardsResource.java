package dev.laurel.web.boards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.CurrentCaller;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.board.ChangeTerms;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Period;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.WindowJson;
import dev.laurel.web.patch.MergePatch;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Definitions of competitions. */
@Path("/api/v1/boards")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Boards", description = "Definitions of competitions")
public class BoardsResource {
    private static final String LOSSES = "On a board whose data they would affect, these changes are refused with 409 "
            + "and a list of their effects, until they are confirmed: a lateness by which windows that still accept "
            + "events would be closed, a dropped period, a retention by which final rankings would be removed, and "
            + "score bounds (minScore, maxScore, maxStep) that accept scores they have refused so far, or refuse "
            + "scores they have accepted.";

    private static final String REFUSED =
            "The board has events, so this field cannot change (code CONFLICT), or the change would lose something "
                    + "and is not confirmed (code CONFIRMATION_REQUIRED); changes lists the losses";

    private static final String CHANGED = "The board is not in the state the request requires";
    private static final String CONFIRM = "Make the change even if it loses something";
    private static final String IF_MATCH = "The ETag of the definition that the client knows, or * for any";

    private final Boards boards;
    private final StandingsReader standings;
    private final StandingsAdmin admin;
    private final ObjectMapper mapper;
    private final Clock clock;

    BoardsResource(Boards boards, StandingsReader standings, StandingsAdmin admin, ObjectMapper mapper, Clock clock) {
        this.boards = boards;
        this.standings = standings;
        this.admin = admin;
        this.mapper = mapper;
        this.clock = clock;
    }

    @PUT
    @Path("/{board}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putBoard",
            summary = "Create a board, or replace its definition",
            description = "An omitted field gets its default. To change part of a definition, PATCH it. " + LOSSES)
    @APIResponse(
            responseCode = "201",
            description = "The board was created",
            content = @Content(schema = @Schema(implementation = BoardJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The definition was changed",
            content = @Content(schema = @Schema(implementation = BoardJson.class)))
    @APIResponse(responseCode = "409", description = REFUSED)
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<BoardJson>> put(
            @RestPath String board,
            @QueryParam("confirm") @Parameter(description = CONFIRM, schema = @Schema(type = SchemaType.BOOLEAN))
                    String confirm,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Parameter(description = "* creates a board and never changes an existing one")
                    String ifNoneMatch,
            BoardRequest request) {
        ChangeTerms terms =
                new ChangeTerms(Preconditions.of(ifMatch, ifNoneMatch), Parameters.flag("confirm", confirm));
        return boards.put(board, Parameters.body(request).definition(), terms)
                .call(change -> admin.renewRolling(change.board()))
                .chain(change -> answer(
                        change.board(), change.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK));
    }

    private Uni<RestResponse<BoardJson>> answer(Board board, RestResponse.Status status) {
        return withWindows(board).map(json -> RestResponse.ResponseBuilder.create(status, json)
                .header(HttpHeaders.ETAG, Preconditions.tag(board))
                .build());
    }

    @PATCH
    @Path("/{board}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "patchBoard",
            summary = "Change part of a board's definition",
            description = "A JSON merge patch (RFC 7396): named fields change, null resets a field to its default, "
                    + "and other fields stay the same. " + LOSSES)
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MergePatch.MEDIA_TYPE,
                        schema = @Schema(ref = BoardPatchSchema.NAME),
                        example = "{\"title\":\"Autumn sprint\",\"maxStep\":null}"),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(ref = BoardPatchSchema.NAME),
                        example = "{\"title\":\"Autumn sprint\",\"maxStep\":null}")
            })
    @APIResponse(
            responseCode = "200",
            description = "The board with its new definition",
            content = @Content(schema = @Schema(implementation = BoardJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "409", description = REFUSED)
    @APIResponse(responseCode = "412", description = CHANGED)
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<BoardJson>> patch(
            @RestPath String board,
            @QueryParam("confirm") @Parameter(description = CONFIRM, schema = @Schema(type = SchemaType.BOOLEAN))
                    String confirm,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
            String request)
            throws JsonProcessingException {
        BoardPatch patch = BoardPatch.read(mapper, request);
        ChangeTerms terms = new ChangeTerms(Preconditions.of(ifMatch, null), Parameters.flag("confirm", confirm));
        return boards.change(board, patch::appliedTo, terms)
                .call(admin::renewRolling)
                .chain(changed -> answer(changed, RestResponse.Status.OK));
    }

    @RequiresScope(Scope.READ)
    @GET
    @Path("/{board}")
    @Operation(
            operationId = "getBoard",
            summary = "A board, with the running window of each period",
            description = "The ETag is that of the definition; send it as If-Match when changing it.")
    @APIResponse(
            responseCode = "200",
            description = "The board",
            content = @Content(schema = @Schema(implementation = BoardJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such board")
    public Uni<RestResponse<BoardJson>> get(@RestPath String board) {
        return boards.get(board).chain(found -> answer(found, RestResponse.Status.OK));
    }

    private Uni<BoardJson> withWindows(Board board) {
        List<Uni<WindowJson>> windows = new ArrayList<>();
        board.definition().periods().stream()
                .sorted()
                // Between two seasons there is no season window.
                .filter(period -> !board.isFilling(period))
                .filter(period -> period != Period.SEASON
                        || board.seasonShown(clock.instant()).isPresent())
                .forEach(period -> windows.add(standings
                        .window(board, period, null)
                        .chain(standings::shown)
                        .map(WindowJson::of)));
        return windows.isEmpty()
                ? Uni.createFrom().item(BoardJson.of(board, clock.instant(), List.of()))
                : Uni.join().all(windows).andFailFast().map(current -> BoardJson.of(board, clock.instant(), current));
    }

    @RequiresScope(value = Scope.READ, withinBoards = true)
    @GET
    @Operation(operationId = "listBoards", summary = "All boards, ordered by id")
    @APIResponse(responseCode = "200", description = "A page of boards")
    public Uni<PageJson<BoardJson>> list(@BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return boards.list(CurrentCaller.get().boards(), wanted)
                .map(found -> PageJson.of(wanted, found, board -> BoardJson.of(board, clock.instant(), List.of())));
    }

    @DELETE
    @Path("/{board}")
    @Operation(operationId = "deleteBoard", summary = "Delete a board with its rankings; the ledger keeps its events")
    @APIResponse(responseCode = "204", description = "The board has been deleted")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "412", description = CHANGED)
    public Uni<RestResponse<Void>> delete(
            @RestPath String board,
            @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch) {
        return boards.delete(board, Preconditions.of(ifMatch, null))
                .call(deleted -> admin.clear(deleted).onFailure().recoverWithItem(0L))
                .replaceWith(RestResponse.noContent());
    }
}
