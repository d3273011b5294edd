package dev.laurel.web.tenants;

import dev.laurel.web.patch.MergePatchSchema;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** The schema of a partial change of a tenant. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class TenantPatchSchema implements OASFilter {
    /** The name of the schema. */
    static final String NAME = "TenantPatch";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        MergePatchSchema.add(
                document, NAME, "TenantDefinition", "Fields of a tenant to change; null takes back a quota");
    }
}
