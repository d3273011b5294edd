package dev.laurel.web.corrections;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.board.Boards;
import dev.laurel.correction.Decision;
import dev.laurel.correction.HeldEvent.State;
import dev.laurel.correction.HeldEvents;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.corrections.CorrectionJson.DecisionRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

import java.util.stream.Stream;

/** The review of submissions that broke a plausibility rule of their board. */
@Path("/api/v1/admin/boards/{board}/held")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class HeldEventsResource {
    private final Boards boards;
    private final HeldEvents held;

    HeldEventsResource(Boards boards, HeldEvents held) {
        this.boards = boards;
        this.held = held;
    }

    @GET
    @Operation(
            operationId = "listHeldEvents",
            summary = "The submissions of a board that are held for review",
            description = "Those that wait for a decision, the oldest first; or those that were decided on, the newest "
                    + "first. They are kept for 90 days, unless the service is configured otherwise.")
    @APIResponse(responseCode = "200", description = "A page of held events")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<PageJson<HeldEventJson>> list(
            @RestPath String board,
            @QueryParam("state")
                    @Parameter(
                            description = "Only those in this state",
                            schema = @Schema(implementation = State.class, defaultValue = "PENDING"))
                    String state,
            @BeanParam PageAddress page) {
        PageRequest request = page.request();
        State wanted = state(state);
        return boards.get(board).chain(found -> held.list(found, wanted, request)
                .map(events -> PageJson.of(request, events, one -> HeldEventJson.of(one, found.definition()))));
    }

    private static State state(String name) {
        if (name == null) {
            return State.PENDING;
        }
        return Stream.of(State.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("state", Parameters.oneOf(State.values())));
    }

    @POST
    @Path("/{event}/accept")
    @Operation(
            operationId = "acceptHeldEvent",
            summary = "Accept a held submission: it counts at the instant at which it occurred",
            description =
                    "In all windows of that instant, open and closed: archives are ranked again. It does not count "
                            + "in a window that has been reset since, and moves no limit of the rules for later submissions.")
    @APIResponse(responseCode = "200", description = "The event, accepted; every later read shows it")
    @APIResponse(responseCode = "404", description = "There is no such board or held event")
    @APIResponse(
            responseCode = "409",
            description = "It has been decided on already, or a sum would leave the range of scores")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "Not confirmed; it is safe to try again after Retry-After")
    public Uni<HeldEventJson> accept(@RestPath String board, @RestPath String event, DecisionRequest request) {
        long id = number(event);
        Decision decision = Parameters.body(request).decision();
        return boards.get(board).chain(found -> held.accept(found, id, decision)
                .map(accepted -> HeldEventJson.of(accepted, found.definition())));
    }

    @POST
    @Path("/{event}/reject")
    @Operation(
            operationId = "rejectHeldEvent",
            summary = "Reject a held submission: it never counts",
            description = "The event and the decision stay in the list, and the decision in the log.")
    @APIResponse(responseCode = "200", description = "The event, rejected")
    @APIResponse(responseCode = "404", description = "There is no such board or held event")
    @APIResponse(responseCode = "409", description = "It has been decided on already")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "Not confirmed; it is safe to try again after Retry-After")
    public Uni<HeldEventJson> reject(@RestPath String board, @RestPath String event, DecisionRequest request) {
        long id = number(event);
        Decision decision = Parameters.body(request).decision();
        return boards.get(board).chain(found -> held.reject(found, id, decision)
                .map(rejected -> HeldEventJson.of(rejected, found.definition())));
    }

    private static long number(String event) {
        return Parameters.number("event", event, new Parameters.Bounds(1, Long.MAX_VALUE, 0));
    }
}
