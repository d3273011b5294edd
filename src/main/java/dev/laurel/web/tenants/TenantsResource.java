package dev.laurel.web.tenants;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.access.RequiresScope;
import dev.laurel.access.Scope;
import dev.laurel.access.tenant.RegisteredTenant;
import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.access.tenant.Tenants;
import dev.laurel.auditlog.AuditSubject;
import dev.laurel.shared.PageRequest;
import dev.laurel.web.PageAddress;
import dev.laurel.web.PageJson;
import dev.laurel.web.Parameters;
import dev.laurel.web.patch.MergePatch;
import dev.laurel.web.patch.RequestPatch;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The tenants of the service. */
@Path("/api/v1/admin/tenants")
@RequiresScope(value = Scope.ADMIN, ofService = true)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
public class TenantsResource {
    private static final String NONE = "There is no tenant of that name";
    private static final String EXAMPLE = "{\"quotas\":{\"boards\":50}}";

    private final Tenants tenants;
    private final TenantRegistry registry;
    private final ObjectMapper mapper;

    TenantsResource(Tenants tenants, TenantRegistry registry, ObjectMapper mapper) {
        this.tenants = tenants;
        this.registry = registry;
        this.mapper = mapper;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createTenant",
            summary = "Register a tenant",
            description =
                    "Its boards, players, groups, challenges, achievements and keys are separate from those of all "
                            + "others, whatever their names. Make its first key next, with its name as tenant.")
    @APIResponse(
            responseCode = "201",
            description = "The tenant",
            content = @Content(schema = @Schema(implementation = TenantJson.class)))
    @APIResponse(responseCode = "409", description = "There is a tenant of that name, or no room for more")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    @APIResponse(
            responseCode = "503",
            description = "Not registered, because other changes take long; try again after Retry-After")
    public Uni<RestResponse<TenantJson>> create(TenantOrder request) {
        String name = RegisteredTenant.requireName(Parameters.body(request).name());
        return tenants.register(name, request.definition())
                .invoke(() -> AuditSubject.created("tenant", name))
                .map(made -> RestResponse.status(RestResponse.Status.CREATED, TenantJson.of(made)));
    }

    @GET
    @Operation(operationId = "listTenants", summary = "The tenants in the order in which they were registered")
    @APIResponse(responseCode = "200", description = "A page of tenants")
    @APIResponse(responseCode = "422", description = "A parameter is invalid; errors names it")
    public Uni<PageJson<TenantJson>> list(@BeanParam PageAddress page) {
        PageRequest wanted = page.request();
        return Uni.createFrom().item(PageJson.of(wanted, registry.page(wanted), TenantJson::of));
    }

    @GET
    @Path("/{tenant}")
    @Operation(operationId = "getTenant", summary = "A tenant")
    @APIResponse(responseCode = "200", description = "The tenant")
    @APIResponse(responseCode = "404", description = NONE)
    public Uni<TenantJson> get(@RestPath String tenant) {
        return Uni.createFrom().item(TenantJson.of(tenants.get(tenant)));
    }

    @PATCH
    @Path("/{tenant}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "patchTenant",
            summary = "Change a tenant's title or quotas",
            description =
                    "A JSON merge patch (RFC 7396): named fields change, null takes back a quota, and others stay the "
                            + "same. What the tenant has beyond a quota stays; it gets no more. Every process knows it within a second.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MergePatch.MEDIA_TYPE,
                        schema = @Schema(ref = TenantPatchSchema.NAME),
                        example = EXAMPLE),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(ref = TenantPatchSchema.NAME),
                        example = EXAMPLE)
            })
    @APIResponse(
            responseCode = "200",
            description = "The tenant after the change",
            content = @Content(schema = @Schema(implementation = TenantJson.class)))
    @APIResponse(responseCode = "404", description = NONE)
    @APIResponse(responseCode = "409", description = "It is the service's own tenant, which has no quotas")
    @APIResponse(responseCode = "422", description = "A field is invalid; errors names it")
    public Uni<TenantJson> patch(@RestPath String tenant, String request) throws JsonProcessingException {
        RequestPatch<TenantRequest> patch = RequestPatch.read(mapper, request, TenantRequest.class);
        return tenants.change(
                        tenant, now -> patch.appliedTo(TenantRequest.of(now)).definition())
                .map(TenantJson::of);
    }

    @DELETE
    @Path("/{tenant}")
    @Operation(
            operationId = "deleteTenant",
            summary = "Remove a tenant that has no boards and no records of players",
            description =
                    "Its keys are revoked, and no token can name it. A tenant that is registered later under the same "
                            + "name is another one.")
    @APIResponse(responseCode = "204", description = "It has been removed")
    @APIResponse(responseCode = "404", description = NONE)
    @APIResponse(
            responseCode = "409",
            description = "It has boards or records of players, or it is the service's own tenant")
    public Uni<RestResponse<Void>> delete(@RestPath String tenant) {
        return tenants.remove(tenant).replaceWith(RestResponse.noContent());
    }
}
