package dev.laurel.platform.openapi;

import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds which named schemas are reachable from where. */
final class References {
    private References() {}

    /** The schemas that a request may carry. */
    static Set<String> fromRequests(OpenAPI document) {
        Set<String> names = new TreeSet<>();
        Schemas.operations(document).flatMap(References::asked).forEach(schema -> follow(schema, document, names));
        return names;
    }

    /** The schemas that the body of a request may carry. */
    static Set<String> fromBodies(OpenAPI document) {
        Set<String> names = new TreeSet<>();
        Schemas.operations(document)
                .filter(operation -> operation.getRequestBody() != null)
                .flatMap(operation -> content(operation.getRequestBody().getContent()))
                .forEach(schema -> follow(schema, document, names));
        return names;
    }

    /** Removes unreferenced schemas. */
    static void removeUnused(OpenAPI document) {
        Set<String> used = fromRequests(document);
        Stream.concat(
                        Schemas.operations(document)
                                .flatMap(operation -> answers(operation
                                        .getResponses()
                                        .getAPIResponses()
                                        .values())),
                        sharedAnswers(document))
                .forEach(schema -> follow(schema, document, used));
        Map<String, Schema> kept = new LinkedHashMap<>(document.getComponents().getSchemas());
        kept.keySet().retainAll(used);
        document.getComponents().setSchemas(kept);
    }

    private static Stream<Schema> asked(Operation operation) {
        Stream<Schema> parameters = operation.getParameters() == null
                ? Stream.of()
                : operation.getParameters().stream().map(Parameter::getSchema).filter(schema -> schema != null);
        return operation.getRequestBody() == null
                ? parameters
                : Stream.concat(parameters, content(operation.getRequestBody().getContent()));
    }

    private static Stream<Schema> sharedAnswers(OpenAPI document) {
        Map<String, APIResponse> shared = document.getComponents().getResponses();
        return shared == null ? Stream.of() : answers(shared.values());
    }

    private static Stream<Schema> answers(Collection<APIResponse> responses) {
        return responses.stream().flatMap(response -> content(response.getContent()));
    }

    private static Stream<Schema> content(Content content) {
        return content == null
                ? Stream.of()
                : content.getMediaTypes().values().stream()
                        .map(type -> type.getSchema())
                        .filter(schema -> schema != null);
    }

    private static void follow(Schema schema, OpenAPI document, Set<String> names) {
        String name = Schemas.referred(schema);
        Schema named =
                name == null ? null : document.getComponents().getSchemas().get(name);
        if (named != null && names.add(name)) {
            follow(named, document, names);
        }
        inside(schema).forEach(part -> follow(part, document, names));
    }

    private static List<Schema> inside(Schema schema) {
        List<Schema> parts = new ArrayList<>();
        if (schema.getProperties() != null) {
            parts.addAll(schema.getProperties().values());
        }
        Stream.of(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf())
                .filter(list -> list != null)
                .forEach(parts::addAll);
        Stream.of(schema.getItems(), schema.getAdditionalPropertiesSchema())
                .filter(part -> part != null)
                .forEach(parts::add);
        return parts;
    }
}
