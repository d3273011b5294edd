package dev.laurel.platform.openapi;

import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each request body an example that the service accepts as is: the required fields, and those that have an
 * example of their own. Otherwise tools would invent one from the types.
 */
final class BodyExamples {
    private final Map<String, Schema> named;

    private BodyExamples(Map<String, Schema> named) {
        this.named = named;
    }

    static void apply(OpenAPI document) {
        BodyExamples examples = new BodyExamples(document.getComponents().getSchemas());
        Schemas.operations(document)
                .filter(operation -> operation.getRequestBody() != null
                        && operation.getRequestBody().getContent() != null)
                .flatMap(operation -> operation.getRequestBody().getContent().getMediaTypes().values().stream())
                .forEach(examples::complete);
    }

    private void complete(MediaType type) {
        if (type.getSchema() != null && type.getExample() == null && type.getExamples() == null) {
            type.setExample(of(type.getSchema()));
        }
    }

    private Object of(Schema schema) {
        if (example(schema) != null) {
            return example(schema);
        }
        String name = Schemas.referred(schema);
        if (name != null && named.containsKey(name)) {
            return of(named.get(name));
        }
        if (schema.getProperties() != null) {
            return object(schema);
        }
        if (schema.getAllOf() != null) {
            return of(schema.getAllOf().get(0));
        }
        if (schema.getItems() != null) {
            Object item = of(schema.getItems());
            return item == null ? null : List.of(item);
        }
        return schema.getEnumeration() == null
                ? schema.getDefaultValue()
                : schema.getEnumeration().get(0);
    }

    private static Object example(Schema schema) {
        List<Object> examples = schema.getExamples();
        return examples == null || examples.isEmpty() ? null : examples.get(0);
    }

    private Map<String, Object> object(Schema schema) {
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        Map<String, Object> object = new LinkedHashMap<>();
        schema.getProperties().forEach((field, property) -> {
            Object value = required.contains(field) ? of(property) : example(property);
            if (value != null) {
                object.put(field, value);
            }
        });
        return object;
    }
}
