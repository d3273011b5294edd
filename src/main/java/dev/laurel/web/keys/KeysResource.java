package dev.laurel.web.keys;

import dev.laurel.access.CurrentCaller;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.access.key.Keys;
import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.auditlog.AuditSubject;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.SentOnce;
import dev.laurel.web.keys.KeyJson.CreatedJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The keys of programs and players. */
@Path("/api/v1/admin/keys")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class KeysResource {
    private static final String WHOSE =
            "Whose keys; default: those of the caller's tenant. Administrators of the tenant default may name any tenant";

    private final Keys keys;
    private final TenantRegistry tenants;

    KeysResource(Keys keys, TenantRegistry tenants) {
        this.keys = keys;
        this.tenants = tenants;
    }

    @POST
    @SentOnce
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createKey",
            summary = "Make an API key",
            description =
                    "Its secret is in this response and never again. A service that has become open because it had no "
                            + "key asks for one from its next start. Not to be repeated blindly: each request makes another key, and "
                            + "Idempotency-Key is refused.")
    @APIResponse(
            responseCode = "201",
            description = "The key, with its secret",
            content = @Content(schema = @Schema(implementation = CreatedJson.class)))
    @APIResponse(responseCode = "409", description = "There are too many keys")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<RestResponse<CreatedJson>> create(KeyRequest request) {
        return keys.create(Parameters.body(request).order(CurrentCaller.get(), tenants))
                .invoke(created -> AuditSubject.created(
                        "key", created.key().id(), created.key().tenant()))
                .map(created -> RestResponse.ResponseBuilder.<CreatedJson>create(RestResponse.Status.CREATED)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .entity(CreatedJson.of(created, tenants))
                        .build());
    }

    @GET
    @Operation(
            operationId = "listKeys",
            summary = "The keys in the order in which they were made",
            description = "Those that have expired or were revoked are listed for 90 days.")
    @APIResponse(responseCode = "200", description = "A page of keys, without their secrets")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<KeyJson>> list(
            @QueryParam("tenant") @Parameter(description = WHOSE, schema = @Schema(examples = "default")) String tenant,
            @BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return keys.list(tenants.meant(CurrentCaller.get(), tenant), wanted)
                .map(found -> PageJson.of(wanted, found, key -> KeyJson.of(key, tenants)));
    }

    @DELETE
    @Path("/{key}")
    @Operation(
            operationId = "revokeKey",
            summary = "Revoke an API key",
            description =
                    "It is refused from now on, by every process within a second. Revoking it again changes nothing. The last "
                            + "key that may administer everything is only revoked with confirm=true.")
    @APIResponse(responseCode = "204", description = "It can no longer be used")
    @APIResponse(responseCode = "404", description = "There is no key of that id")
    @APIResponse(
            responseCode = "409",
            description = "No other key could administer the tenant, and that was not confirmed; nothing has changed")
    @APIResponse(responseCode = "422", description = "The tenant is not valid")
    public Uni<RestResponse<Void>> revoke(
            @RestPath String key,
            @QueryParam("tenant") @Parameter(description = WHOSE, schema = @Schema(examples = "default")) String tenant,
            @QueryParam("confirm")
                    @Parameter(
                            description = "Revoke it even if no other key may administer the tenant",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String confirm) {
        return keys.revoke(tenants.meant(CurrentCaller.get(), tenant), key, Parameters.flag("confirm", confirm))
                .replaceWith(RestResponse.noContent());
    }
}
