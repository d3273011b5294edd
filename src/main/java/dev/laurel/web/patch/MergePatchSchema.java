package dev.laurel.web.patch;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Describes a partial record by the fields of a whole one, all of them optional. */
public abstract class MergePatchSchema implements OASFilter {
    private final String name;
    private final String whole;
    private final String description;

    /**
     * @param name the name of the schema to add
     * @param whole the name of the schema of a whole record
     */
    protected MergePatchSchema(String name, String whole, String description) {
        this.name = name;
        this.whole = whole;
        this.description = description;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Schema part =
                OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).description(description);
        document.getComponents().getSchemas().get(whole).getProperties().forEach(part::addProperty);
        document.getComponents().addSchema(name, part);
    }
}
