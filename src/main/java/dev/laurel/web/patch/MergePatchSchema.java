package dev.laurel.web.patch;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Describes a partial record by the fields of a whole one, all of them optional. */
public final class MergePatchSchema {
    private MergePatchSchema() {}

    /**
     * Adds the schema of a partial record to a document.
     *
     * @param name the name of the schema to add
     * @param whole the name of the schema of a whole record
     */
    public static void add(OpenAPI document, String name, String whole, String description) {
        Schema part =
                OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).description(description);
        document.getComponents().getSchemas().get(whole).getProperties().forEach(part::addProperty);
        document.getComponents().addSchema(name, part);
    }
}
