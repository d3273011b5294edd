package dev.laurel.web.operations;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.admin.OperatorLog;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.corrections.CorrectionJson.LogEntryJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What operators have done to the service as a whole. */
@Path("/api/v1/admin/log")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class OperatorLogResource {
    private final OperatorLog log;

    OperatorLogResource(OperatorLog log) {
        this.log = log;
    }

    @GET
    @Operation(
            operationId = "getOperatorLog",
            summary = "What operators have done to the service as a whole, newest first",
            description = "Changes of one board are in the log of that board.")
    @APIResponse(responseCode = "200", description = "A page of the log")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<PageJson<LogEntryJson>> log(@BeanParam PageAddress page) {
        PageRequest request = page.request();
        return log.page(request).map(entries -> PageJson.of(request, entries, LogEntryJson::of));
    }
}
