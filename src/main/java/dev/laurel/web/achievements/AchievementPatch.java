package dev.laurel.web.achievements;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.achievement.Achievement;
import dev.laurel.achievement.AchievementDefinition;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.patch.MergePatch;

import java.io.UncheckedIOException;
import java.util.Set;

/**
 * A partial change of an achievement, as a JSON merge patch (RFC 7396): named fields are changed, tier by tier too, null
 * removes a field or a tier, and all others stay. A rule is replaced as a whole.
 */
final class AchievementPatch {
    /** Not written by clients. */
    private static final Set<String> GIVEN = Set.of("id", "createdAt", "updatedAt");

    private final ObjectMapper mapper;
    private final ObjectNode patch;

    private AchievementPatch(ObjectMapper mapper, ObjectNode patch) {
        this.mapper = mapper;
        this.patch = patch;
    }

    /**
     * Reads a patch.
     *
     * @throws JsonProcessingException when it is not JSON, or has unknown fields or values of a wrong type
     */
    static AchievementPatch read(ObjectMapper mapper, String text) throws JsonProcessingException {
        ObjectNode patch = MergePatch.read(mapper, text);
        // Parsed for its errors, before the achievement is looked up.
        mapper.readValue(MergePatch.merge(mapper.createObjectNode(), patch).toString(), AchievementRequest.class);
        return new AchievementPatch(mapper, patch);
    }

    /**
     * The definition after the patch.
     *
     * @throws InvalidInput naming every field that violates its rule
     */
    AchievementDefinition appliedTo(Achievement achievement) {
        ObjectNode now = mapper.valueToTree(AchievementJson.of(achievement));
        now.remove(GIVEN);
        JsonNode rule = patch.get("rule");
        if (rule != null) {
            now.remove("rule");
        }
        try {
            return mapper.readValue(MergePatch.merge(now, patch).toString(), AchievementRequest.class)
                    .definition();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
