package dev.laurel.platform.openapi;

import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

import java.util.List;
import java.util.Map;

/**
 * Keeps clients from sending what nobody has asked them to send: some fill in every default of a body themselves, or ask for
 * a value of each field that has one, and some send an empty list where a list was not given.
 */
final class BodyRules {
    private BodyRules() {}

    static void apply(OpenAPI document) {
        Map<String, Schema> named = document.getComponents().getSchemas();
        References.fromBodies(document).stream().map(named::get).forEach(BodyRules::complete);
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
