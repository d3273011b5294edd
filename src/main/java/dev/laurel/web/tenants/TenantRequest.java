package dev.laurel.web.tenants;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.tenant.TenantDefinition;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What operators decide about a tenant. No operation takes it as a whole: a patch is read as one. */
@RegisterForReflection
@Schema(name = "TenantDefinition")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantRequest(
        @Schema(required = true, minLength = 1, maxLength = 80, description = "For people", examples = "North School")
        String title,

        @Schema(description = "What it may have at most; default: as much as the service can hold")
        QuotasJson quotas) {
    static TenantRequest of(TenantDefinition definition) {
        return new TenantRequest(definition.title(), QuotasJson.of(definition.quotas()));
    }

    TenantDefinition definition() {
        return new TenantDefinition(title, QuotasJson.quotas(quotas));
    }
}
