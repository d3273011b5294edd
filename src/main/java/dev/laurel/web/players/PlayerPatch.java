package dev.laurel.web.players;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.player.PlayerProfile;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.patch.MergePatch;

import java.io.UncheckedIOException;

/**
 * A partial change of a player's profile, as a JSON merge patch (RFC 7396): named fields are changed, attribute by
 * attribute too, null removes a field, and all other fields stay.
 */
final class PlayerPatch {
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
        ObjectNode patch = MergePatch.read(mapper, text);
        // Parsed for its errors, before the player is looked up.
        mapper.readValue(MergePatch.merge(mapper.createObjectNode(), patch).toString(), PlayerRequest.class);
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
            return mapper.readValue(MergePatch.merge(now, patch).toString(), PlayerRequest.class)
                    .profile();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
