package dev.laurel.web.tenants;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.tenant.RegisteredTenant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;

/** A tenant as clients see it. */
@Schema(name = "Tenant")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantJson(
        @Schema(required = true, description = "As keys and tokens name it", examples = "north-school")
        String name,

        @Schema(required = true, description = "For people", examples = "North School")
        String title,

        @Schema(required = true, description = "As the access log and keys of caches name it", examples = "2")
        int number,

        @Schema(description = "Missing when nothing is limited")
        QuotasJson quotas,

        @Schema(description = "Missing for the tenant that exists from the first start")
        Instant createdAt) {
    static TenantJson of(RegisteredTenant tenant) {
        return new TenantJson(
                tenant.name(),
                tenant.definition().title(),
                tenant.tenant().id(),
                QuotasJson.of(tenant.definition().quotas()),
                tenant.createdAt());
    }
}
