package dev.laurel.web.boards;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Describes a partial definition by the fields of a full one, all of them optional. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class BoardPatchSchema implements OASFilter {
    /** The name of the schema. */
    static final String NAME = "BoardPatch";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Schema whole = document.getComponents().getSchemas().get("BoardDefinition");
        Schema part = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("Fields of a definition to change; null resets a field to its default");
        whole.getProperties().forEach(part::addProperty);
        document.getComponents().addSchema(NAME, part);
    }
}
