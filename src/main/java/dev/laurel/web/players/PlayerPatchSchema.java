package dev.laurel.web.players;

import dev.laurel.web.patch.MergePatchSchema;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** The schema of a partial change of a record. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class PlayerPatchSchema implements OASFilter {
    /** The name of the schema. */
    static final String NAME = "PlayerPatch";

    // A superclass could not do it: the build finds only direct implementations of the interface.
    @Override
    public void filterOpenAPI(OpenAPI document) {
        MergePatchSchema.add(document, NAME, "PlayerProfile", "Fields of a profile to change; null removes a field");
    }
}
