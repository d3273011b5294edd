package dev.laurel.web.players;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Describes a partial profile by the fields of a full one, all of them optional. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class PlayerPatchSchema implements OASFilter {
    /** The name of the schema. */
    static final String NAME = "PlayerPatch";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Schema whole = document.getComponents().getSchemas().get("PlayerProfile");
        Schema part = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("Fields of a profile that are to change; null takes a field away");
        whole.getProperties().forEach(part::addProperty);
        document.getComponents().addSchema(NAME, part);
    }
}
