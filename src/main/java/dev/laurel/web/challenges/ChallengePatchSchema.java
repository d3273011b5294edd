package dev.laurel.web.challenges;

import dev.laurel.web.patch.MergePatchSchema;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** The schema of a partial change of a challenge. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ChallengePatchSchema implements OASFilter {
    /** The name of the schema. */
    static final String NAME = "ChallengePatch";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        MergePatchSchema.add(
                document,
                NAME,
                "ChallengeDefinition",
                "Fields of a challenge to change; null removes a field or a variant");
    }
}
