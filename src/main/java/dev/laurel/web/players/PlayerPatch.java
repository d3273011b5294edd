package dev.laurel.web.players;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.player.PlayerProfile;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.ws.rs.BadRequestException;

import java.io.UncheckedIOException;

/**
 * A partial change of a player's profile, as a JSON merge patch (RFC 7396): named fields are changed, attribute by
 * attribute too, null removes a field, and all other fields stay.
 */
final class PlayerPatch {
    /** The media type of a merge patch. */
    static final String MEDIA_TYPE = "application/merge-patch+json";

    private final ObjectMapper mapper;
    private final ObjectNode patch;

    private PlayerPatch(ObjectMapper mapper, ObjectNode patch) {
        this.mapper = mapper;
        this.patch = patch;
    }

    /**
     * Reads a patch.
     *
     * @throws JsonProcessingException when it is not JSON, or has unknown fields or values of a wrong type
     */
    static PlayerPatch read(ObjectMapper mapper, String text) throws JsonProcessingException {
        if (text == null || text.isBlank()) {
            throw new BadRequestException();
        }
        if (!(mapper.readTree(text) instanceof ObjectNode patch)) {
            throw new InvalidInput("body", "must be a JSON object with the fields to change");
        }
        // Parsed for its errors, before the player is looked up.
        mapper.readValue(merged(mapper.createObjectNode(), patch).toString(), PlayerRequest.class);
        return new PlayerPatch(mapper, patch);
    }

    /**
     * The profile after the patch.
     *
     * @throws InvalidInput naming every field that violates its rule
     */
    PlayerProfile appliedTo(PlayerProfile profile) {
        ObjectNode now = mapper.valueToTree(PlayerRequest.of(profile));
        try {
            return mapper.readValue(merged(now, patch).toString(), PlayerRequest.class)
                    .profile();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The algorithm of RFC 7396, section 2. */
    private static ObjectNode merged(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value instanceof ObjectNode part) {
                target.set(field.getKey(), merged(objectOf(target, field.getKey()), part));
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
