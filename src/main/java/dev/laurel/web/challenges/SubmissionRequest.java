package dev.laurel.web.challenges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.challenge.Attempt;
import dev.laurel.challenge.ChallengeDefinition;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.web.FreeObject;
import dev.laurel.web.NumberText;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/** A submission as a client writes it. */
@Schema(name = "Submission")
public record SubmissionRequest(
        @Schema(required = true, examples = "alice", minLength = 1, maxLength = 128, pattern = PlayerIds.PATTERN)
        String playerId,

        @Schema(
                required = true,
                examples = "Reverse it.",
                minLength = 1,
                maxLength = Attempt.MAX_CONTENT,
                description = "What was submitted; at most 65,536 bytes in UTF-8")
        String content,

        @Schema(
                description =
                        "Required where submissions are compared by SCORE, and not taken elsewhere; at most 6 decimals")
        NumberText score,

        @Schema(
                required = true,
                examples = "true",
                description = "Whether it clears the variant, which the client decides")
        Boolean cleared,

        @Schema(maxItems = ChallengeDefinition.MAX_TAGS, examples = "[\"short\"]", description = "Words, each once")
        List<String> tags,

        @Schema(description = "Kept with the submission; at most 4,096 characters")
        ObjectNode attempt) {
    /** @throws InvalidInput naming every field that violates its rule */
    Attempt attempt(String key, boolean byPlayer) {
        if (cleared == null) {
            throw new InvalidInput("cleared", "is missing");
        }
        return new Attempt(
                playerId,
                content,
                NumberText.of(score),
                cleared,
                tags == null ? List.of() : tags,
                FreeObject.text("attempt", attempt),
                key,
                byPlayer);
    }
}
