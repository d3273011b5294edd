package dev.laurel.web.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.imports.ImportMappings;
import dev.laurel.imports.ImportMappings.Mapping;
import dev.laurel.imports.MappingText;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Mappings of columns that are kept under a name, for the files of a board. */
@Path("/api/v1/boards/{board}/import-mappings")
@RequiresScope(Scope.IMPORT)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Imports")
public class MappingsResource {
    private final ImportMappings mappings;

    MappingsResource(ImportMappings mappings) {
        this.mappings = mappings;
    }

    @GET
    @Operation(operationId = "listImportMappings", summary = "The saved mappings of a board, by name")
    @APIResponse(responseCode = "200", description = "All of them; a board has at most 100")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<MappingList> list(@RestPath String board) {
        return mappings.all(board)
                .map(all -> new MappingList(all.stream().map(MappingJson::of).toList()));
    }

    @GET
    @Path("/{mapping}")
    @Operation(operationId = "getImportMapping", summary = "A saved mapping")
    @APIResponse(responseCode = "200", description = "The mapping")
    @APIResponse(responseCode = "404", description = "There is no such board or mapping")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<MappingJson> get(@RestPath String board, @RestPath String mapping) {
        return mappings.get(board, mapping).map(MappingJson::of);
    }

    @PUT
    @Path("/{mapping}")
    @Operation(
            operationId = "putImportMapping",
            summary = "Save a mapping, or replace it",
            description = "Whether a file has its columns is found when it is imported.")
    @APIResponse(responseCode = "200", description = "The mapping")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "409", description = "The board has 100 mappings")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<MappingJson> put(@RestPath String board, @RestPath String mapping, MappingRequest request) {
        Map<String, String> columns = Parameters.body(request).columns();
        if (columns == null) {
            throw new InvalidInput("columns", "is missing");
        }
        return mappings.put(board, mapping, MappingText.write(columns)).map(MappingJson::of);
    }

    @DELETE
    @Path("/{mapping}")
    @Operation(operationId = "deleteImportMapping", summary = "Delete a saved mapping; imports that used it keep it")
    @APIResponse(responseCode = "204", description = "It is deleted")
    @APIResponse(responseCode = "404", description = "There is no such board or mapping")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<Void> delete(@RestPath String board, @RestPath String mapping) {
        return mappings.delete(board, mapping);
    }

    /** What columns mean, by header. */
    @Schema(name = "ImportMappingRequest")
    public record MappingRequest(
            @Schema(
                    required = true,
                    description = "By header: player, metric:NAME, period:NAME, occurredAt, eventId, displayName, "
                            + "username, avatarUrl, attribute:NAME, tags, activity, outcome, durationMs or ignore",
                    type = SchemaType.OBJECT,
                    additionalProperties = String.class,
                    examples = "{\"Governor\": \"player\", \"Power\": \"metric:power\"}")
            Map<String, String> columns) {}

    /** A saved mapping. */
    @Schema(name = "ImportMapping")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MappingJson(
            @Schema(examples = "weekly") String name,

            @Schema(type = SchemaType.OBJECT, additionalProperties = String.class)
            Map<String, String> columns,

            Instant changedAt) {
        static MappingJson of(Mapping mapping) {
            return new MappingJson(mapping.name(), MappingText.read(mapping.text()), mapping.changedAt());
        }
    }

    /** The saved mappings of a board. */
    @Schema(name = "ImportMappings")
    public record MappingList(List<MappingJson> items) {}
}
