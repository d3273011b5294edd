package dev.laurel.challenge;

import dev.laurel.shared.EventIds;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;
import dev.laurel.shared.Texts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A submission to a variant of a challenge, as a client sends it.
 *
 * @param content 1 byte to {@link #MAX_CONTENT} in UTF-8
 * @param score a number as written, or null
 * @param cleared whether it clears the variant, which the client decides
 * @param metadata JSON object with whatever the client wants to keep, or null
 * @param key under which it may be repeated; null when it is sent once
 * @param byPlayer whether the player has sent it, whose keys are apart from those of others
 */
public record Attempt(
        String playerId,
        String content,
        String score,
        boolean cleared,
        List<String> tags,
        String metadata,
        String key,
        boolean byPlayer) {
    /** Size of the largest content, in bytes of UTF-8. */
    public static final int MAX_CONTENT = 64 * 1024;

    /** Of the score of a submission. */
    static final int DECIMALS = 6;

    /** @throws InvalidInput naming every field that violates its rule */
    public Attempt {
        List<FieldError> errors = new ArrayList<>();
        check(errors, () -> PlayerIds.require("playerId", playerId));
        if (content == null) {
            errors.add(new FieldError("content", "is missing"));
        } else if (content.isEmpty() || size(content) > MAX_CONTENT) {
            errors.add(new FieldError("content", "must be 1 to " + MAX_CONTENT + " bytes of text"));
        } else if (!Texts.isSound(content)) {
            errors.add(new FieldError("content", Texts.RULE));
        }
        if (score != null) {
            check(errors, () -> Score.parse("score", score, DECIMALS));
        }
        tags = ChallengeDefinition.tags("tags", tags, errors);
        if (key != null) {
            check(errors, () -> Ids.require("Idempotency-Key", key));
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static void check(List<FieldError> errors, Runnable rule) {
        try {
            rule.run();
        } catch (InvalidInput e) {
            errors.addAll(e.errors());
        }
    }

    private static int size(String text) {
        // A char is at least one byte and at most three: what is far too long is not encoded.
        return text.length() > MAX_CONTENT ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The length of the content, in Unicode code points. */
    int length() {
        return content.codePointCount(0, content.length());
    }

    /** The key under which it is stored; null without one. */
    String storedKey() {
        return byPlayer && key != null ? EventIds.ofPlayer(playerId, key) : key;
    }

    /** The score in millionths; null when there is none. */
    Long units() {
        return score == null ? null : Score.parse("score", score, DECIMALS);
    }
}
