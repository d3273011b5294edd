package dev.laurel.web.achievements;

import dev.laurel.web.patch.MergePatchSchema;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** The schema of an {@link AchievementPatch}. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class AchievementPatchSchema implements OASFilter {
    /** The name of the schema. */
    static final String NAME = "AchievementPatch";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        MergePatchSchema.add(
                document,
                NAME,
                "AchievementDefinition",
                "Fields of an achievement to change; null removes a field or a tier");
    }
}
