package dev.laurel.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Texts;

import java.util.Map;

/** A JSON object of whatever a client wants to keep with something. */
public final class FreeObject {
    /** Maximum length of an object, in characters of JSON. */
    private static final int MAX_LENGTH = 4_096;

    private FreeObject() {}

    /**
     * The object as text, or null where there is none.
     *
     * @throws InvalidInput when it is too long or contains what cannot be stored, naming the field
     */
    public static String text(String field, ObjectNode object) {
        if (object == null) {
            return null;
        }
        String text = object.toString();
        if (text.length() > MAX_LENGTH) {
            throw new InvalidInput(field, "must not be longer than " + MAX_LENGTH + " characters");
        }
        if (!isSound(object)) {
            throw new InvalidInput(field, Texts.RULE);
        }
        return text;
    }

    // Checked on the tree, not on the text: there a backslash followed by u0000 may be an escape, or the end of one and
    // harmless.
    private static boolean isSound(JsonNode node) {
        if (node.isTextual()) {
            return Texts.isSound(node.textValue());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!Texts.isSound(field.getKey())) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!isSound(child)) {
                return false;
            }
        }
        return true;
    }
}
