package dev.laurel.web.backups;

import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.admin.OperatorLog;
import dev.laurel.backup.BackupList;
import dev.laurel.backup.Backups;
import dev.laurel.backup.file.Manifest.Trigger;
import dev.laurel.correction.Decision;
import dev.laurel.web.admin.OptionalDecision;
import dev.laurel.web.backups.BackupJson.BackupsJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
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

/** Backups of everything that the service stores. */
@Path("/api/v1/admin/backups")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class BackupsResource {
    static final String PATH = "/api/v1/admin/backups/";

    private final Backups backups;
    private final BackupList list;
    private final OperatorLog log;

    BackupsResource(Backups backups, BackupList list, OperatorLog log) {
        this.backups = backups;
        this.list = list;
        this.log = log;
    }

    @POST
    @Operation(
            operationId = "createBackup",
            summary = "Begin a backup of everything that PostgreSQL holds",
            description =
                    "It has everything as of one moment. Requests go on, and the backup yields to them. One is made at a time, "
                            + "over all processes.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun; Location is its address, which shows how far it is",
            headers =
                    @Header(
                            name = "Location",
                            description = "Address of the backup",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = BackupJson.class)))
    @APIResponse(
            responseCode = "409",
            description = "Another backup is being made, verified or restored, or no directory is set for backups")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description = "PostgreSQL is unavailable, or the directory; try again after Retry-After")
    public Uni<RestResponse<BackupJson>> create(@BeanParam OptionalDecision why) {
        Decision decision = why.decision();
        return backups.create(Trigger.REQUEST)
                .call(begun -> log.done("BACKUP", "Began " + begun.name(), decision))
                .map(begun -> RestResponse.ResponseBuilder.<BackupJson>create(RestResponse.Status.ACCEPTED)
                        .location(URI.create(PATH + begun.name()))
                        .entity(BackupJson.of(begun))
                        .build());
    }

    @GET
    @Operation(
            operationId = "listBackups",
            summary = "The backups in the directory of this process",
            description = "And those that this process has failed to make lately.")
    @APIResponse(responseCode = "200", description = "Newest first")
    @APIResponse(responseCode = "409", description = "No directory is set for backups")
    @APIResponse(responseCode = "503", description = "The directory cannot be read; try again after Retry-After")
    public Uni<BackupsJson> all() {
        return list.all()
                .map(all -> new BackupsJson(all.stream().map(BackupJson::of).toList()));
    }

    @GET
    @Path("/{backup}")
    @Operation(operationId = "getBackup", summary = "A backup: what it has, or how far it is")
    @APIResponse(responseCode = "200", description = "The backup, whatever its state")
    @APIResponse(responseCode = "404", description = "There is no such backup")
    @APIResponse(responseCode = "409", description = "No directory is set for backups")
    @APIResponse(responseCode = "503", description = "The directory cannot be read; try again after Retry-After")
    public Uni<BackupJson> get(@RestPath String backup) {
        return list.get(backup).map(BackupJson::of);
    }

    @DELETE
    @Path("/{backup}")
    @Operation(operationId = "deleteBackup", summary = "Remove a complete backup")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "There is no complete backup of that name")
    @APIResponse(
            responseCode = "409",
            description = "It is being verified or restored, or no directory is set for backups")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    @APIResponse(responseCode = "503", description = "The directory cannot be used; try again after Retry-After")
    public Uni<Void> remove(@RestPath String backup, @BeanParam OptionalDecision why) {
        Decision decision = why.decision();
        return backups.remove(backup).call(() -> log.done("BACKUP", "Removed " + backup, decision));
    }
}
