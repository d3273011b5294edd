package dev.laurel.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.OpenApiDocument;
import dev.laurel.testing.OpenApiDocument.Operation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes requests from the OpenAPI document in which one thing or several are hostile, and the rest is as the document wants
 * it, so that the hostile value gets as far as it can.
 */
final class HostileRequests {
    private static final Map<String, String> USUAL = Map.of(
            "board", "hostile",
            "player", "alice",
            "user_id", "alice",
            "season", "autumn",
            "period", "daily",
            "adjustment", "1",
            "event", "1",
            "cohort", "1",
            "tierName", "bronze",
            "boardTier", "Warrior");

    /** A schema may contain itself; behind so many characters its lists are empty. */
    private static final int LONG_BODY = 20_000;

    private final OpenApiDocument document;
    private final List<Operation> operations;
    private final Random random;
    private final HostileValues hostile;

    HostileRequests(OpenApiDocument document, Random random) {
        this.document = document;
        this.operations = document.operations().stream()
                .filter(operation -> !operation.isEndless())
                .toList();
        this.random = random;
        this.hostile = new HostileValues(random);
    }

    /** Each operation comes in its turn, so that none is left out. */
    HostileRequest next(int number) {
        Operation operation = operations.get(number % operations.size());
        int places = operation.parameters().size() + (operation.bodies().isEmpty() ? 0 : 2);
        int chosen = places == 0 ? -1 : random.nextInt(places);
        String path = operation.path();
        List<String> query = new ArrayList<>();
        List<String> headers = new ArrayList<>();
        boolean elsewhere = false;
        for (int i = 0; i < operation.parameters().size(); i++) {
            JsonNode parameter = operation.parameters().get(i);
            boolean bad = i == chosen || random.nextInt(12) == 0;
            String name = parameter.path("name").asText();
            String value = bad ? hostile.text() : usual(parameter);
            switch (parameter.path("in").asText()) {
                case "path" -> {
                    path = path.replace("{" + name + "}", encoded(value));
                    elsewhere |= leadsElsewhere(value);
                }
                case "query" -> {
                    if (bad || parameter.path("required").asBoolean()) {
                        query.add(name + "=" + encoded(value));
                    }
                }
                default -> {
                    if (bad) {
                        headers.add(name);
                        headers.add(headerText(value));
                    }
                }
            }
        }
        String address = query.isEmpty() ? path : path + "?" + String.join("&", query);
        Body body = body(operation, chosen - operation.parameters().size());
        return new HostileRequest(operation, address, headers, body.type(), body.bytes(), elsewhere);
    }

    private String usual(JsonNode parameter) {
        JsonNode schema = document.resolve(parameter.path("schema"));
        if (USUAL.containsKey(parameter.path("name").asText())) {
            return USUAL.get(parameter.path("name").asText());
        }
        if (parameter.has("example")) {
            return parameter.path("example").asText();
        }
        return schema.has("enum")
                ? schema.path("enum").path(0).asText()
                : schema.path("default").asText("1");
    }

    /** A segment that is empty, or splits or leaves its place, is another address. */
    private static boolean leadsElsewhere(String value) {
        return value.isEmpty() || value.equals(".") || value.equals("..") || value.indexOf('/') >= 0;
    }

    /** Percent for percent, with the bytes that UTF-8 would have for a lone surrogate. */
    private static String encoded(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80 && Character.isLetterOrDigit(c)) {
                text.appendCodePoint(c);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                text.append(String.format("%%%02X%%%02X%%%02X", 0xe0 | c >> 12, 0x80 | c >> 6 & 0x3f, 0x80 | c & 0x3f));
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    text.append(String.format("%%%02X", b));
                }
            }
        }
        return text.toString();
    }

    /** What the client we send with takes for a header. */
    private static String headerText(String value) {
        return value.chars()
                .filter(c -> c > ' ' && c < 0x7f)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private Body body(Operation operation, int hostilePlace) {
        if (operation.bodies().isEmpty()) {
            return new Body(null, null);
        }
        List<String> types = new ArrayList<>();
        operation.bodies().fieldNames().forEachRemaining(types::add);
        String type = types.get(random.nextInt(types.size()));
        if (hostilePlace >= 0 && random.nextInt(4) == 0) {
            return new Body(type, hostile.body());
        }
        StringBuilder json = new StringBuilder();
        write(operation.bodies().path(type).path("schema"), hostilePlace >= 0 ? 3 : 40, json);
        return new Body(type, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a value of a schema in which one of so many is hostile. */
    private void write(JsonNode given, int oneOf, StringBuilder json) {
        JsonNode schema = document.resolve(given);
        if (schema.has("allOf")) {
            schema = document.resolve(schema.path("allOf").path(0));
        }
        if (random.nextInt(oneOf) == 0) {
            json.append(hostile.json());
        } else if (schema.has("properties")) {
            object(schema, oneOf, json);
        } else if (schema.has("example")) {
            json.append(schema.path("example"));
        } else if (schema.has("enum")) {
            json.append(
                    schema.path("enum").path(random.nextInt(schema.path("enum").size())));
        } else if (schema.has("items")) {
            array(schema.path("items"), oneOf, json);
        } else {
            json.append(
                    switch (schema.path("type").asText()) {
                        case "integer", "number" -> "3";
                        case "boolean" -> "true";
                        case "object" -> "{\"a\":" + hostile.json() + "}";
                        default -> "\"alice\"";
                    });
        }
    }

    private void object(JsonNode schema, int oneOf, StringBuilder json) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        String between = "{";
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            if (required.contains(field.getKey()) ? random.nextInt(20) > 0 : random.nextInt(3) == 0) {
                json.append(between)
                        .append(HostileValues.quoted(field.getKey()))
                        .append(':');
                write(field.getValue(), oneOf, json);
                between = ",";
            }
        }
        json.append(between.equals("{") ? "{}" : "}");
    }

    private void array(JsonNode items, int oneOf, StringBuilder json) {
        json.append('[');
        if (json.length() > LONG_BODY) {
            json.append(']');
            return;
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            write(items, oneOf, json);
            json.append(i == 0 ? "" : ",");
        }
        json.append(']');
    }

    private record Body(String type, byte[] bytes) {}

    /**
     * A request to send.
     *
     * @param body null for none
     * @param elsewhere whether its address may be that of another operation, or of none
     */
    record HostileRequest(
            Operation operation, String address, List<String> headers, String type, byte[] body, boolean elsewhere) {
        @Override
        public String toString() {
            String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
            return operation.method() + " " + address + " " + headers + " " + type + " "
                    + (text.length() > 400 ? text.substring(0, 400) + "… (" + body.length + ")" : text);
        }
    }
}
