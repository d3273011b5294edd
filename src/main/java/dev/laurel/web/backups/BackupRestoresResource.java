package dev.laurel.web.backups;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.admin.BackupRestores;
import dev.laurel.admin.Restoration;
import dev.laurel.correction.Decision;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.web.admin.OptionalDecision;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import java.net.URI;

/** What is done with a backup that is complete: verifying it, and restoring it. */
@Path("/api/v1/admin/backups/{backup}")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class BackupRestoresResource {
    private static final String VERIFY = "/verify";
    private static final String RESTORE = "/restore";

    private final BackupRestores restores;

    BackupRestoresResource(BackupRestores restores) {
        this.restores = restores;
    }

    @POST
    @Path(VERIFY)
    @Operation(
            operationId = "verifyBackup",
            summary = "Begin to read a backup to its end, to see whether it is as it was written",
            description = "Hashes, numbers of rows and, where it is encrypted, authenticity. Nothing is changed.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun; Location shows how far it is",
            headers =
                    @Header(
                            name = "Location",
                            description = "Address of the verification",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = BackupWorkJson.class)))
    @APIResponse(responseCode = "404", description = "There is no complete backup of that name")
    @APIResponse(
            responseCode = "409",
            description = "A backup is being made, verified or restored, or no directory is set for backups")
    @APIResponse(
            responseCode = "503",
            description = "PostgreSQL is unavailable, or the directory; try again after Retry-After")
    public Uni<RestResponse<BackupWorkJson>> verify(@RestPath String backup) {
        return restores.verify(backup).map(begun -> accepted(begun, VERIFY));
    }

    @GET
    @Path(VERIFY)
    @NonBlocking
    @Operation(
            operationId = "getBackupVerification",
            summary = "How far the latest verification of a backup is that this process has begun")
    @APIResponse(responseCode = "200", description = "How far it is, or what was found")
    @APIResponse(responseCode = "404", description = "This process has begun none")
    public BackupWorkJson verification(@RestPath String backup) {
        return BackupWorkJson.of(restores.verificationOf(backup)
                .orElseThrow(() -> new NotFound("This process has begun no verification of that backup")));
    }

    @POST
    @Path(RESTORE)
    @Operation(
            operationId = "restoreBackup",
            summary = "Begin to restore a backup into this service, which has to be empty",
            description =
                    "All files are checked before the first row is written, and all rows are written in one transaction: a "
                            + "restore that fails, or is killed, leaves the service empty. Afterwards all windows are loaded into "
                            + "Redis and compared. Only one process of the service may run.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun; Location shows how far it is",
            headers =
                    @Header(
                            name = "Location",
                            description = "Address of the restore",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = BackupWorkJson.class)))
    @APIResponse(responseCode = "404", description = "There is no complete backup of that name")
    @APIResponse(
            responseCode = "409",
            description =
                    "The service is not empty, other processes of it run, its schema is another one, the backup cannot be "
                            + "read, or a backup is being made, verified or restored; detail says which. Nothing is changed")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description = "PostgreSQL is unavailable, or the directory; try again after Retry-After")
    public Uni<RestResponse<BackupWorkJson>> restore(@RestPath String backup, @BeanParam OptionalDecision why) {
        Decision decision = why.decision();
        return restores.restore(backup, decision).map(begun -> accepted(begun, RESTORE));
    }

    @GET
    @Path(RESTORE)
    @NonBlocking
    @Operation(
            operationId = "getBackupRestore",
            summary = "How far the latest restore of a backup is that this process has begun")
    @APIResponse(responseCode = "200", description = "How far it is, or what became of it")
    @APIResponse(responseCode = "404", description = "This process has begun none")
    public BackupWorkJson restoration(@RestPath String backup) {
        return BackupWorkJson.of(restores.restoreOf(backup)
                .orElseThrow(() -> new NotFound("This process has begun no restore of that backup")));
    }

    private static RestResponse<BackupWorkJson> accepted(Restoration begun, String path) {
        return RestResponse.ResponseBuilder.<BackupWorkJson>create(RestResponse.Status.ACCEPTED)
                .location(URI.create(BackupsResource.PATH + begun.activity().backup() + path))
                .entity(BackupWorkJson.of(begun))
                .build();
    }
}
