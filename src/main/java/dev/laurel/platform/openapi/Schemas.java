package dev.laurel.platform.openapi;

import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The schemas of a document, wherever they occur in it. */
final class Schemas {
    static final String PREFIX = "#/components/schemas/";

    private Schemas() {}

    /** All operations of the document. */
    static Stream<Operation> operations(OpenAPI document) {
        return document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream());
    }

    /** The name of the schema that a reference points to, or null when the schema is not a reference. */
    static String referred(Schema schema) {
        String ref = schema.getRef();
        return ref != null && ref.startsWith(PREFIX) ? ref.substring(PREFIX.length()) : null;
    }

    /** Replaces each schema, inner ones first. */
    static void replaceAll(OpenAPI document, UnaryOperator<Schema> change) {
        Map<String, Schema> named = new LinkedHashMap<>(document.getComponents().getSchemas());
        named.replaceAll((name, schema) -> replaced(schema, change));
        document.getComponents().setSchemas(named);
        operations(document).forEach(operation -> replaceAll(operation, change));
    }

    private static void replaceAll(Operation operation, UnaryOperator<Schema> change) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getSchema() != null)
                    .forEach(parameter -> parameter.setSchema(replaced(parameter.getSchema(), change)));
        }
        if (operation.getRequestBody() != null) {
            replaceAll(operation.getRequestBody().getContent(), change);
        }
        operation
                .getResponses()
                .getAPIResponses()
                .values()
                .forEach(response -> replaceAll(response.getContent(), change));
    }

    private static void replaceAll(Content content, UnaryOperator<Schema> change) {
        if (content != null) {
            content.getMediaTypes().values().stream()
                    .filter(type -> type.getSchema() != null)
                    .forEach(type -> type.setSchema(replaced(type.getSchema(), change)));
        }
    }

    private static Schema replaced(Schema schema, UnaryOperator<Schema> change) {
        if (schema.getProperties() != null) {
            Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
            properties.replaceAll((name, property) -> replaced(property, change));
            schema.setProperties(properties);
        }
        if (schema.getItems() != null) {
            schema.setItems(replaced(schema.getItems(), change));
        }
        if (schema.getAdditionalPropertiesSchema() != null) {
            schema.setAdditionalPropertiesSchema(replaced(schema.getAdditionalPropertiesSchema(), change));
        }
        replaceEach(schema::getAllOf, schema::setAllOf, change);
        replaceEach(schema::getAnyOf, schema::setAnyOf, change);
        replaceEach(schema::getOneOf, schema::setOneOf, change);
        return change.apply(schema);
    }

    private static void replaceEach(
            Supplier<List<Schema>> current, Consumer<List<Schema>> place, UnaryOperator<Schema> change) {
        List<Schema> parts = current.get();
        if (parts != null) {
            place.accept(parts.stream().map(part -> replaced(part, change)).toList());
        }
    }
}
