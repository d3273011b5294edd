package dev.laurel.platform.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps generated clients from sending unintended values: some fill in every default of a body themselves, or require a
 * value for each field that has one, and some send an empty list where no list was given.
 */
final class BodyRules {
    private static final String PATCH = "application/merge-patch+json";

    private BodyRules() {}

    static void apply(OpenAPI document) {
        Map<String, Schema> named = document.getComponents().getSchemas();
        References.fromBodies(document).stream().map(named::get).forEach(BodyRules::complete);
        Schemas.operations(document)
                .filter(operation -> operation.getRequestBody() != null)
                .map(operation -> operation.getRequestBody().getContent().getMediaType(PATCH))
                .filter(type -> type != null && type.getSchema() != null)
                .map(type -> named.get(Schemas.referred(type.getSchema())))
                .filter(patch -> patch != null && patch.getProperties() != null)
                .forEach(BodyRules::eachMayBeNull);
    }

    /** In a merge patch null removes a field. The fields may be shared with the full schema, which keeps its own. */
    private static void eachMayBeNull(Schema patch) {
        Map<String, Schema> properties = new LinkedHashMap<>(patch.getProperties());
        properties.replaceAll((name, property) -> {
            if (property.getType() == null || property.getEnumeration() != null) {
                return property;
            }
            Schema copy = OASFactory.createSchema();
            copy.setAll(property.getAll());
            List<SchemaType> types = new ArrayList<>(property.getType());
            if (!types.contains(SchemaType.NULL)) {
                types.add(SchemaType.NULL);
            }
            return copy.type(types);
        });
        patch.setProperties(properties);
    }

    private static void complete(Schema schema) {
        if (schema.getProperties() == null) {
            return;
        }
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        schema.getProperties().forEach((name, property) -> {
            if (property.getDefaultValue() != null) {
                describeDefault(property);
            }
            if (!required.contains(name) && isContainer(property)) {
                property.addType(SchemaType.NULL);
            }
        });
    }

    private static void describeDefault(Schema property) {
        String text = "Default: " + property.getDefaultValue();
        property.setDescription(property.getDescription() == null ? text : property.getDescription() + ". " + text);
        property.setDefaultValue(null);
    }

    private static boolean isContainer(Schema property) {
        return property.getType() != null
                && !property.getType().contains(SchemaType.NULL)
                && (property.getType().contains(SchemaType.ARRAY)
                        || property.getType().contains(SchemaType.OBJECT));
    }
}
