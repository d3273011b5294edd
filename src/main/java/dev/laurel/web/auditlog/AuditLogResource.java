package dev.laurel.web.auditlog;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.auditlog.AuditEntries;
import dev.laurel.auditlog.AuditEntry;
import dev.laurel.auditlog.AuditQuery;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.PageAddress;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import dev.laurel.web.auditlog.AuditEntryJson.AuditLogJson;
import dev.laurel.web.export.ExportFile;
import dev.laurel.web.export.ExportFormat;
import dev.laurel.web.export.ExportSlots;
import dev.laurel.web.export.ExportTable;
import dev.laurel.web.export.FormatParameter;
import dev.laurel.web.export.Pieces;
import dev.laurel.web.export.RowWriter;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

import java.util.List;

/** Who has done what, among administrators. */
@Path("/api/v1/admin/audit-log")
@RequiresScope(Scope.ADMIN)
@Tag(name = "Administration")
public class AuditLogResource {
    private static final Bounds CURSOR = new Bounds(1, Long.MAX_VALUE, Long.MAX_VALUE);

    /** More than a year of a busy team. */
    private static final int MOST_EXPORTED = 1_000_000;

    private final AuditEntries entries;
    private final ExportSlots slots;
    private final ObjectMapper mapper;

    AuditLogResource(AuditEntries entries, ExportSlots slots, ObjectMapper mapper) {
        this.entries = entries;
        this.slots = slots;
        this.mapper = mapper;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listAuditLog",
            summary = "Administrative actions with their callers, newest first",
            description =
                    "Every request that needs the scope admin and may change something, dry runs included, and those refused for what "
                            + "they ask; not those refused with 401 or 403. "
                            + "What was stored before and after is that of the definition in the path; why it was done is in the "
                            + "log of the board or of the service.")
    @APIResponse(responseCode = "200", description = "The entries")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<AuditLogJson> list(
            @BeanParam AuditLogParameters parameters,
            @QueryParam("cursor")
                    @Parameter(
                            description = "The value of next from the previous response: entries older than those",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
                    String cursor,
            @BeanParam PageAddress.Length length) {
        AuditQuery query = parameters.query();
        long before = Parameters.number("cursor", cursor, CURSOR);
        int most = length.entries();
        return entries.before(before, query, most + 1).map(found -> page(found, most));
    }

    /** One more than asked for was read: it tells whether there are others. */
    private static AuditLogJson page(List<AuditEntry> found, int most) {
        List<AuditEntry> shown = found.size() > most ? found.subList(0, most) : found;
        String next = found.size() > most ? Long.toString(shown.get(most - 1).number()) : null;
        return new AuditLogJson(shown.stream().map(AuditEntryJson::of).toList(), next);
    }

    @GET
    @Path("/export")
    @Operation(
            operationId = "exportAuditLog",
            summary = "The audit log as a stream, oldest first",
            description =
                    "At most 1,000,000 entries; more are refused before the first one is sent. A few exports run at once; a "
                            + "client that reads nothing for half a minute is disconnected. Texts that a spreadsheet would take for "
                            + "a formula are prefixed with an apostrophe.")
    @APIResponse(
            responseCode = "200",
            description = "The entries",
            content = {
                @Content(mediaType = ExportFormat.CSV_TYPE),
                @Content(mediaType = ExportFormat.NDJSON_TYPE),
                @Content(mediaType = ExportFormat.XLSX_TYPE)
            })
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description = "Too many exports are running, or PostgreSQL is unavailable; try again after Retry-After")
    public RestMulti<byte[]> export(
            @BeanParam AuditLogParameters parameters,
            @BeanParam FormatParameter format,
            @Context RoutingContext request) {
        AuditQuery query = parameters.query();
        ExportFormat wanted = format.format();
        return ExportFile.response(entries.count(query, MOST_EXPORTED + 1)
                .invoke(AuditLogResource::requireFew)
                .chain(ignored -> begin(query, wanted, slots.take(request))));
    }

    private static void requireFew(long count) {
        if (count > MOST_EXPORTED) {
            throw new InvalidInput(
                    "to", "leaves more than " + MOST_EXPORTED + " entries; choose a shorter time by from and to");
        }
    }

    private Uni<ExportFile> begin(AuditQuery query, ExportFormat format, ExportSlots.Slot slot) {
        AuditPieces pieces = new AuditPieces(entries, query, MOST_EXPORTED);
        ExportTable<AuditEntryJson> table =
                new ExportTable<>(AuditEntryJson.COLUMNS, AuditEntryJson::cells, entry -> entry);
        RowWriter<AuditEntryJson> writer = format.writer(table, mapper);
        return new Pieces<>(pieces::next, pieces::hasEnded)
                .through(slot, writer)
                .map(content -> ExportFile.of("audit-log", format, content, writer));
    }
}
