package dev.laurel.web.challenges;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.challenge.ChallengeDefinition;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.patch.MergePatch;

import java.io.UncheckedIOException;

/**
 * A partial change of a challenge, as a JSON merge patch (RFC 7396): named fields are changed, variant by variant too, null
 * removes a field or a variant, and all others stay.
 */
final class ChallengePatch {
    private final ObjectMapper mapper;
    private final ObjectNode patch;

    private ChallengePatch(ObjectMapper mapper, ObjectNode patch) {
        this.mapper = mapper;
        this.patch = patch;
    }

    /**
     * Reads a patch.
     *
     * @throws JsonProcessingException when it is not JSON, or has unknown fields or values of a wrong type
     */
    static ChallengePatch read(ObjectMapper mapper, String text) throws JsonProcessingException {
        ObjectNode patch = MergePatch.read(mapper, text);
        // Parsed for its errors, before the challenge is looked up.
        mapper.readValue(MergePatch.merge(mapper.createObjectNode(), patch).toString(), ChallengeRequest.class);
        return new ChallengePatch(mapper, patch);
    }

    /**
     * The definition after the patch.
     *
     * @throws InvalidInput naming every field that violates its rule
     */
    ChallengeDefinition appliedTo(ChallengeDefinition definition) {
        ObjectNode now = mapper.valueToTree(ChallengeRequest.of(definition));
        try {
            return mapper.readValue(MergePatch.merge(now, patch).toString(), ChallengeRequest.class)
                    .definition();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
