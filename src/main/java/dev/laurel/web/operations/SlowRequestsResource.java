package dev.laurel.web.operations;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.platform.timing.SlowRequest;
import dev.laurel.platform.timing.SlowRequests;
import dev.laurel.platform.timing.SpeedClass;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import dev.laurel.web.operations.SlowRequestJson.ListJson;
import io.smallrye.common.annotation.NonBlocking;
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

import java.util.List;

/** Requests to this process that took long. */
@Path("/api/v1/admin/slow-requests")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class SlowRequestsResource {
    private static final Bounds LIMIT = new Bounds(1, 1_000, 50);

    private final SlowRequests requests;

    SlowRequestsResource(SlowRequests requests) {
        this.requests = requests;
    }

    @GET
    @NonBlocking
    @Operation(
            operationId = "listSlowRequests",
            summary = "The latest requests to this process that were slow, with the steps that took their time",
            description =
                    "Those that took laurel.timing.ok or longer, up to laurel.timing.kept of either class. They name no "
                            + "board and no player.")
    @APIResponse(responseCode = "200", description = "Newest first")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public ListJson list(
            @QueryParam("class")
                    @Parameter(
                            description = "Only this class; default: both",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"SLOW", "VERY_SLOW"}))
                    String speed,
            @QueryParam("limit")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "50"))
                    String limit) {
        SpeedClass wanted = speed(speed);
        long most = Parameters.number("limit", limit, LIMIT);
        List<SlowRequest> latest = requests.latest(wanted);
        return ListJson.of(latest.stream().limit(most).toList());
    }

    private static SpeedClass speed(String text) {
        if (text == null) {
            return null;
        }
        for (SpeedClass speed : SpeedClass.values()) {
            if (speed.isSlow() && speed.name().equals(text)) {
                return speed;
            }
        }
        throw new InvalidInput("class", "must be SLOW or VERY_SLOW");
    }
}
