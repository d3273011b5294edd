package dev.laurel.testing;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document as the service serves it. */
public final class OpenApiDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonNode root;

    private OpenApiDocument(JsonNode root) {
        this.root = root;
    }

    public static OpenApiDocument of(LaurelApi api) {
        return new OpenApiDocument(api.get("/q/openapi?format=json").expect(200).json());
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(entry -> METHODS.contains(entry.getKey()))
                .forEach(entry -> operations.add(operation(path.getKey(), entry))));
        return operations;
    }

    private Operation operation(String path, Map.Entry<String, JsonNode> entry) {
        JsonNode node = entry.getValue();
        List<JsonNode> parameters = new ArrayList<>();
        node.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
        return new Operation(
                node.path("operationId").asText(),
                entry.getKey().toUpperCase(Locale.ROOT),
                path,
                parameters,
                node.path("requestBody").path("content"),
                node.path("responses"));
    }

    /** An extension of an operation; missing when it has none of that name. */
    public JsonNode extension(Operation operation, String name) {
        return root.path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT))
                .path(name);
    }

    /** What a reference leads to; anything else is itself. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** Schema of an answer with this status and media type; missing when it is not described. */
    public JsonNode answer(Operation operation, int status, String mediaType) {
        JsonNode response = operation.responses().path(Integer.toString(status));
        JsonNode known = response.isMissingNode() ? operation.responses().path("default") : response;
        return resolve(known).path("content").path(mediaType).path("schema");
    }

    /**
     * One thing that can be asked.
     *
     * @param path with its parameters in braces
     * @param bodies by media type
     * @param responses by status
     */
    public record Operation(
            String id, String method, String path, List<JsonNode> parameters, JsonNode bodies, JsonNode responses) {
        /** The statuses it says it answers with, each by itself. */
        public Set<String> statuses() {
            Set<String> statuses = new TreeSet<>();
            responses.fieldNames().forEachRemaining(statuses::add);
            statuses.remove("default");
            return statuses;
        }

        /** Whether its answer is a stream that does not end by itself. */
        public boolean isEndless() {
            return responses.at("/200/content").has("text/event-stream");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
