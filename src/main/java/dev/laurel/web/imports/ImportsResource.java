package dev.laurel.web.imports;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportJob.Source;
import dev.laurel.imports.ImportMappings;
import dev.laurel.imports.ImportState;
import dev.laurel.imports.Imports;
import dev.laurel.imports.spool.Spool;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import dev.laurel.web.SentOnce;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

import java.net.URI;
import java.time.Clock;
import java.util.stream.Stream;

/** Uploads, and the history of imports. */
@Path("/api/v1/imports")
@RequiresScope(Scope.IMPORT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Imports")
public class ImportsResource {
    private final Imports imports;
    private final ImportMappings mappings;
    private final Spool spool;
    private final Clock clock;

    ImportsResource(Imports imports, ImportMappings mappings, Spool spool, Clock clock) {
        this.imports = imports;
        this.mappings = mappings;
        this.spool = spool;
        this.clock = clock;
    }

    @POST
    @SentOnce
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @ResponseStatus(202)
    @Operation(
            operationId = "createImport",
            summary = "Upload a file of rows to be imported into a board",
            description =
                    "The answer comes as soon as the file has arrived; its rows are imported in the background, also if "
                            + "this process ends. They pass the rules for any event. A row that breaks one is refused and "
                            + "reported, and stops no other. The same file with the same mapping counts once, however often "
                            + "it is sent. Files of more than 2,000 rows are shown all at once at the end.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = ImportForm.class)))
    @APIResponse(
            responseCode = "202",
            description = "The import is waiting for its turn; Location is its address",
            headers =
                    @Header(
                            name = "Location",
                            description = "Address of the import",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ImportJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such board or saved mapping")
    @APIResponse(responseCode = "413", description = "The file is larger than accepted")
    @APIResponse(responseCode = "415", description = "The body is not multipart/form-data")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description = "Too many imports are waiting, or a store is unavailable; it is safe to "
                    + "try again after Retry-After")
    public Uni<RestResponse<ImportJson>> create(@Context RoutingContext request) {
        Upload upload = Upload.of(request);
        if (upload == null) {
            throw new NotSupportedException();
        }
        return Uni.createFrom()
                .deferred(() -> order(upload))
                .onFailure()
                .call(() -> spool.discard(upload.file()).onFailure().recoverWithNull())
                .map(job -> RestResponse.ResponseBuilder.<ImportJson>create(RestResponse.Status.ACCEPTED)
                        .location(URI.create("/api/v1/imports/" + job.id()))
                        .entity(ImportJson.of(job, clock.instant()))
                        .build());
    }

    private Uni<ImportJob> order(Upload upload) {
        FormReader form = new FormReader(upload, clock.instant());
        Source source = new Source(upload.file(), upload.name(), upload.bytes());
        Uni<String> saved = form.savedMapping()
                .map(name -> mappings.get(form.board(), name).map(found -> found.text()))
                .orElseGet(() -> Uni.createFrom().nullItem());
        return saved.map(form::options).chain(options -> imports.order(form.board(), source, upload.sha256(), options));
    }

    @GET
    @Operation(
            operationId = "listImports",
            summary = "The history of imports, newest first",
            description =
                    "Who imported what, when, how long that took, and how many rows. Imports are kept for a year, unless "
                            + "the service is configured otherwise.")
    @APIResponse(responseCode = "200", description = "A page of imports")
    @APIResponse(responseCode = "404", description = "There is no such board")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "PostgreSQL is unavailable; try again after Retry-After")
    public Uni<PageJson<ImportJson>> list(
            @QueryParam("board") @Parameter(description = "Only those of this board") String board,
            @QueryParam("season") @Parameter(description = "Only those of this season") String season,
            @QueryParam("state")
                    @Parameter(
                            description = "Only those in this state",
                            schema = @Schema(implementation = ImportState.class))
                    String state,
            @QueryParam("page")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000000",
                                            defaultValue = "1"))
                    String page,
            @QueryParam("limit")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "200",
                                            defaultValue = "20"))
                    String limit) {
        PageRequest wanted = new PageRequest((int) Parameters.number("page", page, new Bounds(1, 1_000_000, 1)), (int)
                Parameters.number("limit", limit, new Bounds(1, 200, 20)));
        return imports.list(board, season, state(state), wanted)
                .map(found -> PageJson.of(wanted, found, job -> ImportJson.of(job, clock.instant())));
    }

    private static ImportState state(String name) {
        return name == null
                ? null
                : Stream.of(ImportState.values())
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new InvalidInput("state", Parameters.oneOf(ImportState.values())));
    }
}
