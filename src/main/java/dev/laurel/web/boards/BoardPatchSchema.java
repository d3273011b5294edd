package dev.laurel.web.boards;

import dev.laurel.web.patch.MergePatchSchema;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** The schema of a {@link BoardPatch}. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class BoardPatchSchema implements OASFilter {
    /** The name of the schema. */
    static final String NAME = "BoardPatch";

    // A superclass could not do it: the build finds only direct implementations of the interface.
    @Override
    public void filterOpenAPI(OpenAPI document) {
        MergePatchSchema.add(
                document,
                NAME,
                "BoardDefinition",
                "Fields of a definition to change; null resets a field to its default");
    }
}
