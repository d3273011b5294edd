package dev.laurel.platform.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Removes from the schemas what generators stumble over: keywords next to a reference, an enumeration that may also be
 * an object, and the internals of the JSON library where any document is meant.
 */
final class PlainSchemas {
    private static final String ANY_OBJECT = "ObjectNode";
    private static final String ANY_VALUE = "JsonNode";

    private final Map<String, Schema> named;

    private PlainSchemas(Map<String, Schema> named) {
        this.named = named;
    }

    static void apply(OpenAPI document) {
        PlainSchemas rules = new PlainSchemas(document.getComponents().getSchemas());
        Schemas.replaceAll(document, rules::plain);
        References.removeUnused(document);
    }

    private Schema plain(Schema schema) {
        if (schema.getRef() != null) {
            return referring(schema);
        }
        if (schema.getAnyOf() != null && schema.getAnyOf().stream().anyMatch(PlainSchemas::isNull)) {
            return orNull(schema);
        }
        if (schema.getEnumeration() != null && types(schema).contains(SchemaType.STRING)) {
            List<SchemaType> types = new ArrayList<>(types(schema));
            types.remove(SchemaType.OBJECT);
            schema.setType(types);
        }
        return schema;
    }

    private Schema referring(Schema schema) {
        String name = Schemas.referred(schema);
        if (ANY_OBJECT.equals(name)) {
            return described(schema)
                    .addType(SchemaType.OBJECT)
                    .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(true));
        }
        if (ANY_VALUE.equals(name)) {
            return described(schema);
        }
        Schema target = named.get(name);
        if (isSimple(target)) {
            return described(schema).type(target.getType()).format(target.getFormat());
        }
        Schema reference = OASFactory.createSchema().ref(schema.getRef());
        return schema.getDescription() == null && schema.getDefaultValue() == null
                ? reference
                : described(schema).addAllOf(reference);
    }

    private static Schema orNull(Schema schema) {
        List<Schema> others =
                schema.getAnyOf().stream().filter(one -> !isNull(one)).toList();
        if (others.size() == 1 && others.get(0).getRef() == null) {
            // The only alternative is a simple type.
            return described(schema)
                    .type(List.of(types(others.get(0)).get(0), SchemaType.NULL))
                    .format(others.get(0).getFormat());
        }
        return described(schema)
                .type(List.of(SchemaType.OBJECT, SchemaType.NULL))
                .allOf(others);
    }

    /** What a schema states in addition to its type. */
    private static Schema described(Schema schema) {
        return OASFactory.createSchema()
                .description(schema.getDescription())
                .defaultValue(schema.getDefaultValue())
                .minimum(schema.getMinimum())
                .maximum(schema.getMaximum())
                .examples(schema.getExamples());
    }

    private static boolean isNull(Schema schema) {
        return types(schema).equals(List.of(SchemaType.NULL));
    }

    /** A number, a text, an instant: not worth a name of its own. */
    private static boolean isSimple(Schema schema) {
        return schema != null
                && schema.getEnumeration() == null
                && schema.getProperties() == null
                && types(schema).size() == 1
                && types(schema).get(0) != SchemaType.OBJECT
                && types(schema).get(0) != SchemaType.ARRAY;
    }

    private static List<SchemaType> types(Schema schema) {
        return schema.getType() == null ? List.of() : schema.getType();
    }
}
