package dev.laurel.testing;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds a JSON value against a schema of the OpenAPI document, as a strict client does. */
public final class SchemaCheck {
    private final OpenApiDocument document;
    private final List<String> faults = new ArrayList<>();

    private SchemaCheck(OpenApiDocument document) {
        this.document = document;
    }

    /** What does not match, each with its place; empty when everything does. */
    public static List<String> faults(OpenApiDocument document, JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(document);
        check.compare("$", schema, value);
        return check.faults;
    }

    private void compare(String place, JsonNode given, JsonNode value) {
        JsonNode schema = document.resolve(given);
        if (value.isNull()) {
            require(schema.path("nullable").asBoolean(), place, "is null");
            return;
        }
        schema.path("allOf").forEach(part -> compare(place, part, value));
        if (schema.has("enum")) {
            boolean known = false;
            for (JsonNode constant : schema.path("enum")) {
                known |= constant.equals(value);
            }
            require(known, place, value + " is not one of " + schema.path("enum"));
        }
        switch (schema.path("type").asText()) {
            case "object" -> object(place, schema, value);
            case "array" -> array(place, schema, value);
            case "string" -> text(place, schema, value);
            case "integer" -> {
                require(value.isIntegralNumber(), place, value + " is not an integer");
                bounds(place, schema, value);
            }
            case "number" -> {
                require(value.isNumber(), place, value + " is not a number");
                bounds(place, schema, value);
            }
            case "boolean" -> require(value.isBoolean(), place, value + " is not a boolean");
            default -> {}
        }
    }

    private void object(String place, JsonNode schema, JsonNode value) {
        if (!value.isObject()) {
            faults.add(place + ": " + value + " is not an object");
            return;
        }
        schema.path("required")
                .forEach(name -> require(value.has(name.asText()), place, "has no field " + name.asText()));
        boolean open = schema.path("allOf").size() > 0
                || schema.path("additionalProperties").asBoolean()
                || !schema.has("properties") && !schema.has("additionalProperties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String inner = place + "." + field.getKey();
            JsonNode known = schema.path("properties").path(field.getKey());
            if (!known.isMissingNode()) {
                compare(inner, known, field.getValue());
            } else if (schema.path("additionalProperties").isObject()) {
                compare(inner, schema.path("additionalProperties"), field.getValue());
            } else {
                require(open, inner, "is not in the document");
            }
        }
    }

    private void array(String place, JsonNode schema, JsonNode value) {
        require(value.isArray(), place, value + " is not a list");
        require(
                value.size() >= schema.path("minItems").asInt()
                        && value.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE),
                place,
                "has " + value.size() + " items");
        for (int i = 0; i < value.size(); i++) {
            compare(place + "[" + i + "]", schema.path("items"), value.get(i));
        }
    }

    private void text(String place, JsonNode schema, JsonNode value) {
        require(value.isTextual(), place, value + " is not a text");
        String text = value.asText();
        int length = text.codePointCount(0, text.length());
        require(
                length >= schema.path("minLength").asInt()
                        && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE),
                place,
                "has " + length + " characters");
        if (schema.has("pattern")) {
            require(text.matches(schema.path("pattern").asText()), place, "does not match the pattern");
        }
        if ("date-time".equals(schema.path("format").asText())) {
            require(isInstant(text), place, text + " is not an instant");
        }
    }

    private static boolean isInstant(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void bounds(String place, JsonNode schema, JsonNode value) {
        if (schema.has("minimum")) {
            require(
                    value.decimalValue().compareTo(schema.path("minimum").decimalValue()) >= 0,
                    place,
                    value + " is below the minimum");
        }
        if (schema.has("maximum")) {
            require(
                    value.decimalValue().compareTo(schema.path("maximum").decimalValue()) <= 0,
                    place,
                    value + " is above the maximum");
        }
    }

    private void require(boolean holds, String place, String fault) {
        if (!holds) {
            faults.add(place + ": " + fault);
        }
    }
}
