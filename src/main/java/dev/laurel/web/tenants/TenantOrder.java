package dev.laurel.web.tenants;

import dev.laurel.access.tenant.RegisteredTenant;
import dev.laurel.access.tenant.TenantDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A tenant that is to be registered. */
@Schema(name = "TenantOrder")
public record TenantOrder(
        @Schema(
                type = SchemaType.STRING,
                required = true,
                pattern = "^" + RegisteredTenant.NAME + "$",
                minLength = 1,
                maxLength = 64,
                description = "As keys and tokens name it; it cannot be changed",
                examples = "north-school")
        String name,

        @Schema(required = true, minLength = 1, maxLength = 80, description = "For people", examples = "North School")
        String title,

        @Schema(description = "What it may have at most; default: as much as the service can hold")
        QuotasJson quotas) {
    TenantDefinition definition() {
        return new TenantDefinition(title, QuotasJson.quotas(quotas));
    }
}
