package dev.laurel.web.boards;

import dev.laurel.web.patch.MergePatchSchema;
import io.quarkus.smallrye.openapi.OpenApiFilter;

/** The schema of a {@link BoardPatch}. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class BoardPatchSchema extends MergePatchSchema {
    /** The name of the schema. */
    static final String NAME = "BoardPatch";

    /** For the framework. */
    public BoardPatchSchema() {
        super(NAME, "BoardDefinition", "Fields of a definition to change; null resets a field to its default");
    }
}
