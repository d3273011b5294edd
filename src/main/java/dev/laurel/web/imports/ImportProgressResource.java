package dev.laurel.web.imports;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.access.tenant.Places;
import dev.laurel.access.tenant.SharedPlaces;
import dev.laurel.access.tenant.Shares;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.Imports;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.web.Parameters;
import dev.laurel.web.Parameters.Bounds;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestStreamElementType;

import java.time.Clock;
import java.time.Duration;

/** An import that is watched. */
@Path("/api/v1/imports/{import}/progress")
@RequiresScope(Scope.IMPORT)
@Tag(name = "Imports")
public class ImportProgressResource {
    private static final Duration EVERY = Duration.ofMillis(500);

    /** Watchers of this process: each asks PostgreSQL twice a second. */
    private static final int MAX_WATCHERS = 50;

    private final Imports imports;
    private final Clock clock;
    private final Places watchers;

    ImportProgressResource(Imports imports, Clock clock, Shares shares) {
        this.watchers =
                new Places(SharedPlaces.WATCHERS, MAX_WATCHERS, shares, "Too many clients are watching imports");
        this.imports = imports;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "watchImport",
            summary = "How far an import is, twice a second",
            description =
                    "Server-sent events, each with the import as JSON; the last one comes when it is over, and ends the "
                            + "stream. Up to 50 clients of a process can watch at once.")
    @APIResponse(
            responseCode = "200",
            description = "The import, again and again",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = ImportJson.class)))
    @APIResponse(responseCode = "404", description = "There is no such import")
    @APIResponse(
            responseCode = "503",
            description =
                    "Too many clients are watching, or PostgreSQL is unavailable; try again after " + "Retry-After")
    public RestMulti<ImportJson> watch(@RestPath("import") String number) {
        long id = Parameters.number("import", number, new Bounds(1, Long.MAX_VALUE, 0));
        return RestMulti.fromUniResponse(imports.get(CurrentTenant.get(), id).invoke(this::admit), this::states);
    }

    /** Before the status is sent. */
    private void admit(ImportJob job) {
        watchers.take(job.board().tenant()).leave();
    }

    private Multi<ImportJson> states(ImportJob job) {
        // Fails when others came at the same moment.
        return Multi.createFrom()
                .deferred(() -> watched(job, watchers.take(job.board().tenant())));
    }

    private Multi<ImportJson> watched(ImportJob job, Places.Place place) {
        return Multi.createBy()
                .repeating()
                .uni(() -> imports.get(job.board().tenant(), job.id()))
                .withDelay(EVERY)
                .whilst(now -> !now.state().isOver())
                .map(now -> ImportJson.of(now, clock.instant()))
                .onTermination()
                .invoke(place::leave);
    }
}
