package dev.laurel.web.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.ws.rs.BadRequestException;

/** A JSON merge patch (RFC 7396): named fields are changed, null removes a field, and all other fields stay. */
public final class MergePatch {
    /** The media type of a merge patch. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private MergePatch() {}

    /**
     * Reads a patch of an object.
     *
     * @throws JsonProcessingException when it is not JSON
     * @throws BadRequestException when there is none
     * @throws InvalidInput when it is not an object
     */
    public static ObjectNode read(ObjectMapper mapper, String text) throws JsonProcessingException {
        if (text == null || text.isBlank()) {
            throw new BadRequestException();
        }
        if (mapper.readTree(text) instanceof ObjectNode patch) {
            return patch;
        }
        throw new InvalidInput("body", "must be a JSON object with the fields to change");
    }

    /** Merges a patch into a target, which is changed, and returns it. The algorithm of RFC 7396, section 2. */
    public static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value instanceof ObjectNode part) {
                target.set(field.getKey(), merge(objectOf(target, field.getKey()), part));
            } else {
                target.set(field.getKey(), value);
            }
        });
        return target;
    }

    private static ObjectNode objectOf(ObjectNode target, String field) {
        return target.get(field) instanceof ObjectNode there ? there : target.objectNode();
    }
}
