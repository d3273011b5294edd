package dev.laurel.web.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.imports.ImportErrors;
import dev.laurel.imports.Imports;
import dev.laurel.imports.file.mapping.RowError;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import dev.laurel.web.corrections.CorrectionJson.DecisionRequest;
import dev.laurel.web.export.ExportFile;
import dev.laurel.web.export.ExportFormat;
import dev.laurel.web.export.ExportSlots;
import dev.laurel.web.export.ExportTable;
import dev.laurel.web.export.Pieces;
import dev.laurel.web.export.RowWriter;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** One import. */
@Path("/api/v1/imports/{import}")
@RequiresScope(Scope.IMPORT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Imports")
public class ImportResource {
    private static final ExportTable<RowError> REPORT = new ExportTable<>(
            List.of("row", "column", "value", "reason"),
            error -> Arrays.asList(error.row(), error.column(), error.value(), error.reason()),
            error -> error);

    private final Imports imports;
    private final ImportErrors errors;
    private final ExportSlots slots;
    private final ObjectMapper mapper;
    private final Clock clock;

    ImportResource(Imports imports, ImportErrors errors, ExportSlots slots, ObjectMapper mapper, Clock clock) {
        this.imports = imports;
        this.errors = errors;
        this.slots = slots;
        this.mapper = mapper;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getImport",
            summary = "How far an import is",
            description =
                    "Rows are counted as they are written. Once its state is DONE or DONE_WITH_ERRORS, every later read "
                            + "shows what it has changed.")
    @APIResponse(responseCode = "200", description = "The import")
    @APIResponse(responseCode = "404", description = "There is no such import")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<ImportJson> get(@RestPath("import") String number) {
        return imports.get(CurrentTenant.get(), id(number)).map(job -> ImportJson.of(job, clock.instant()));
    }

    @POST
    @Path("/cancel")
    @Operation(
            operationId = "cancelImport",
            summary = "End an import after the rows that are just being written",
            description = "What it has written counts, unless it is atomic. It can be resumed, or undone.")
    @APIResponse(responseCode = "200", description = "The import, which ends within moments")
    @APIResponse(responseCode = "404", description = "There is no such import")
    @APIResponse(responseCode = "409", description = "It is over already, or all its rows are written")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<ImportJson> cancel(@RestPath("import") String number) {
        return imports.cancel(CurrentTenant.get(), id(number)).map(job -> ImportJson.of(job, clock.instant()));
    }

    @POST
    @Path("/resume")
    @Operation(
            operationId = "resumeImport",
            summary = "Continue an import that failed or was cancelled",
            description =
                    "After the last row that it has written: no row counts twice, and none is left out. What was taken "
                            + "back begins at its first row.")
    @APIResponse(responseCode = "200", description = "The import, waiting for its turn")
    @APIResponse(responseCode = "404", description = "There is no such import")
    @APIResponse(responseCode = "409", description = "There is nothing to continue")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<ImportJson> resume(@RestPath("import") String number) {
        return imports.resume(CurrentTenant.get(), id(number)).map(job -> ImportJson.of(job, clock.instant()));
    }

    @POST
    @Path("/undo")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "undoImport",
            summary = "Undo an import as if it had never been",
            description =
                    "Its events are removed, and players are counted again in all windows, open and closed: no ranking, "
                            + "tie, total or instant shows that they were there. Baselines become what they were before. Names and attributes of players stay. Its entry in "
                            + "the history stays, too. The same file can be imported again afterwards.")
    @APIResponse(responseCode = "200", description = "The import, which is being undone")
    @APIResponse(responseCode = "404", description = "There is no such import")
    @APIResponse(responseCode = "409", description = "It is not over yet, has been undone, or was only a test")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<ImportJson> undo(@RestPath("import") String number, DecisionRequest request) {
        return imports.undo(
                        CurrentTenant.get(),
                        id(number),
                        Parameters.body(request).decision())
                .map(job -> ImportJson.of(job, clock.instant()));
    }

    @GET
    @Path("/errors")
    @Operation(
            operationId = "listImportErrors",
            summary = "Why rows were refused, in the order of the rows",
            description = "Of the first 10,000 refused rows, unless the service is configured otherwise.")
    @APIResponse(responseCode = "200", description = "A page of reasons")
    @APIResponse(responseCode = "404", description = "There is no such import")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<PageJson<ImportJson.ErrorJson>> errors(@RestPath("import") String number, @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return imports.get(CurrentTenant.get(), id(number))
                .chain(job -> errors.page(job.id(), wanted))
                .map(found -> PageJson.of(wanted, found, ImportJson.ErrorJson::of));
    }

    @GET
    @Path("/errors/report")
    @Produces(ExportFormat.CSV_TYPE)
    @Operation(
            operationId = "downloadImportErrors",
            summary = "Why rows were refused, as a CSV file",
            description =
                    "The same reasons with a line each, as a stream; spreadsheets take nothing in it for a formula.")
    @APIResponse(
            responseCode = "200",
            description = "The reasons",
            content = @Content(mediaType = ExportFormat.CSV_TYPE, schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "404", description = "There is no such import")
    @APIResponse(
            responseCode = "503",
            description = "Too many exports are running, or PostgreSQL is unavailable; try again after Retry-After")
    public RestMulti<byte[]> report(@RestPath("import") String number, @Context RoutingContext request) {
        return ExportFile.response(
                imports.get(CurrentTenant.get(), id(number)).chain(job -> report(job.id(), slots.take(request))));
    }

    /** As long as there are reasons: read as fast as the client takes them. */
    private Uni<ExportFile> report(long importId, ExportSlots.Slot slot) {
        RowWriter<RowError> writer = ExportFormat.CSV.writer(REPORT, mapper);
        ImportErrors.All all = errors.all(importId);
        return new Pieces<>(all::next, all::hasEnded)
                .through(slot, writer)
                .map(content -> ExportFile.of("import-" + importId + "-errors", ExportFormat.CSV, content, writer));
    }

    /** @throws InvalidInput when it is no number */
    private static long id(String number) {
        return Parameters.number("import", number, new Bounds(1, Long.MAX_VALUE, 0));
    }
}
