package dev.laurel.web.players;

import dev.laurel.web.patch.MergePatchSchema;
import io.quarkus.smallrye.openapi.OpenApiFilter;

/** The schema of a {@link PlayerPatch}. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class PlayerPatchSchema extends MergePatchSchema {
    /** The name of the schema. */
    static final String NAME = "PlayerPatch";

    /** For the framework. */
    public PlayerPatchSchema() {
        super(NAME, "PlayerProfile", "Fields of a profile to change; null removes a field");
    }
}
