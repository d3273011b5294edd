package dev.laurel.web.admin;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.admin.CacheHealth;
import dev.laurel.admin.ServiceStatus;
import dev.laurel.shared.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Operations on the running service. */
@Path("/api/v1/admin")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class AdminResource {
    private final ServiceStatus service;
    private final CacheHealth caches;

    AdminResource(ServiceStatus service, CacheHealth caches) {
        this.service = service;
        this.caches = caches;
    }

    @GET
    @Path("/status")
    @Operation(
            operationId = "getStatus",
            summary =
                    "The state of the stores, the rankings in Redis and the caches, and the problems found and repaired")
    @APIResponse(responseCode = "200", description = "The state, whatever it is")
    public Uni<StatusJson> status() {
        return Uni.combine().all().unis(service.read(), caches.now()).with(StatusJson::of);
    }

    @POST
    @Path("/audit")
    @Operation(
            operationId = "audit",
            summary = "Compare open windows between PostgreSQL and Redis now, and repair what differs",
            description = "As the scheduled job does: row by row, while events are accepted and rankings are read. "
                    + "Windows that another run is comparing are left out.")
    @APIResponse(responseCode = "200", description = "The findings in each window")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(
            responseCode = "503",
            description = "A store is unavailable; differences found so far are repaired later")
    public Uni<AuditJson> audit(
            @QueryParam("board")
                    @Parameter(
                            description =
                                    "Only the windows of this board; default: those of all boards, least recently "
                                            + "compared first, up to the limit of one run")
                    String board) {
        if (board != null) {
            Ids.require("board", board);
        }
        return service.audit(board).map(AuditJson::of);
    }
}
