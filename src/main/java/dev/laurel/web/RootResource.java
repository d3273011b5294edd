package dev.laurel.web;

import dev.laurel.access.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.nio.charset.StandardCharsets;

/** Describes this service. The bytes are built once: benchmarks use them to measure the server itself. */
@Path("/api/v1")
@RequiresScope(
        value = {},
        withinBoards = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service")
public class RootResource {
    private final byte[] description;

    RootResource(@ConfigProperty(name = "quarkus.application.version") String version) {
        String json = """
                {"service":"laurel","version":"%s","documentation":"/q/swagger-ui","openapi":"/q/openapi"}
                """;
        this.description = json.formatted(version).strip().getBytes(StandardCharsets.UTF_8);
    }

    @GET
    @Operation(operationId = "getService", summary = "What this service is, and where its documents are")
    @APIResponse(
            responseCode = "200",
            description = "Always the same bytes",
            content = @Content(schema = @Schema(implementation = Service.class)))
    public Uni<byte[]> describe() {
        return Uni.createFrom().item(description);
    }

    /** The response, for the OpenAPI document. */
    @Schema(name = "Service")
    record Service(String service, String version, String documentation, String openapi) {}
}
