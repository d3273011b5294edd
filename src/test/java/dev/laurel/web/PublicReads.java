package dev.laurel.web;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the public can read, as the document of the interface has it: each read with each value of each of its
 * parameters. What the document has and this knows nothing of is an error, so that nothing is left out by silence.
 */
public final class PublicReads {
    /** What is not asked here: for administrators, who see everything. */
    private static final Set<String> ADMIN = Set.of(
            "/api/v1/admin/",
            "/api/redis-leaderboard/admin/",
            "/api/v1/imports",
            "/api/v1/boards/{board}/import-mappings");

    /** Reads that take their question in a body, with the body. */
    private static final Map<String, String> ASKED_BY_BODY = Map.of(
            "lookupPlayers",
            "{\"playerIds\":[\"ann\",\"bob\",\"new\",\"nobody\"]}",
            "lookupCleared",
            "{\"playerIds\":[\"ann\",\"bob\",\"new\",\"nobody\"],\"items\":true}",
            "analysePlayers",
            "{\"board\":\"{board}\",\"playerIds\":[\"ann\",\"bob\",\"new\",\"nobody\"],"
                    + "\"parts\":[\"SUMMARY\",\"STREAK\",\"MASTERY\"]}");

    /** What changes something: its answers are for the one who does it. */
    private static final Set<String> WRITES = Set.of(
            "submitScore",
            "submitScores",
            "submitToBoards",
            "submitToChallenge",
            "endSeason",
            "compatUpdate",
            "changeMembers");

    private static final Set<String> CHANGING_METHODS = Set.of("put", "delete", "patch");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final JsonNode document;
    private final Map<String, List<String>> values;

    /**
     * @param document OpenAPI
     * @param values of parameters, by their names, as they stand in an address
     */
    public PublicReads(JsonNode document, Map<String, List<String>> values) {
        this.document = document;
        this.values = values;
    }

    public List<Read> all() {
        Set<Read> reads = new LinkedHashSet<>();
        document.path("paths").properties().forEach(path -> {
            if (ADMIN.stream().noneMatch(path.getKey()::startsWith)) {
                path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .filter(operation -> isRead(operation.getKey(), operation.getValue()))
                        .forEach(
                                operation -> reads.addAll(reads(path.getKey(), path.getValue(), operation.getValue())));
            }
        });
        return List.copyOf(reads);
    }

    private static boolean isRead(String method, JsonNode operation) {
        String id = operation.path("operationId").asText();
        if (method.equals("get") || ASKED_BY_BODY.containsKey(id)) {
            return true;
        }
        if (CHANGING_METHODS.contains(method) || WRITES.contains(id)) {
            return false;
        }
        throw new AssertionError("Whether " + id + " is a read is unknown; add it to one of the lists");
    }

    private List<Read> reads(String path, JsonNode shared, JsonNode operation) {
        List<String> addresses = List.of(path);
        List<JsonNode> optional = new ArrayList<>();
        List<JsonNode> parameters = new ArrayList<>();
        shared.path("parameters").forEach(parameters::add);
        operation.path("parameters").forEach(parameters::add);
        for (JsonNode parameter : parameters) {
            boolean required = parameter.path("required").asBoolean();
            switch (parameter.path("in").asText()) {
                case "path" -> addresses = filled(addresses, parameter);
                case "query" -> {
                    if (required) {
                        addresses = asked(addresses, parameter);
                    } else {
                        optional.add(parameter);
                    }
                }
                default -> require(!required, "header " + parameter.path("name").asText());
            }
        }
        List<String> all = new ArrayList<>(addresses);
        for (JsonNode parameter : optional) {
            all.addAll(asked(addresses, parameter));
        }
        String body = ASKED_BY_BODY.get(operation.path("operationId").asText());
        String asked = body == null
                ? null
                : body.replace("{board}", values.get("board").get(0));
        return all.stream().map(address -> new Read(address, asked)).toList();
    }

    private List<String> filled(List<String> addresses, JsonNode parameter) {
        String place = "{" + parameter.path("name").asText() + "}";
        List<String> filled = new ArrayList<>();
        for (String address : addresses) {
            valuesOf(parameter).forEach(value -> filled.add(address.replace(place, value)));
        }
        return filled;
    }

    private List<String> asked(List<String> addresses, JsonNode parameter) {
        List<String> asked = new ArrayList<>();
        for (String address : addresses) {
            String join = address.indexOf('?') < 0 ? "?" : "&";
            valuesOf(parameter)
                    .forEach(value ->
                            asked.add(address + join + parameter.path("name").asText() + "=" + value));
        }
        return asked;
    }

    /** Those that are known here, without those that the document excludes. */
    private List<String> valuesOf(JsonNode parameter) {
        String name = parameter.path("name").asText();
        require(values.containsKey(name), "parameter " + name);
        List<String> allowed = new ArrayList<>();
        schema(parameter).path("enum").forEach(value -> allowed.add(value.asText()));
        return values.get(name).stream()
                .filter(value -> allowed.isEmpty() || allowed.contains(value))
                .toList();
    }

    private JsonNode schema(JsonNode parameter) {
        String reference = parameter.at("/schema/$ref").asText();
        return reference.isEmpty() ? parameter.path("schema") : document.at(reference.substring(1));
    }

    private static void require(boolean known, String what) {
        if (!known) {
            throw new AssertionError("Nothing is known here of " + what + "; add values for it");
        }
    }

    /**
     * One question.
     *
     * @param body of a POST; null for a GET
     */
    public record Read(String address, String body) {}
}
