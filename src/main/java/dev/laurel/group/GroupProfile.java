package dev.laurel.group;

import dev.laurel.player.Attributes;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The part of a group that clients write.
 *
 * @param title shown to people, 1 to 80 characters
 * @param attributes texts, numbers and booleans, at most {@link Attributes#MAX}
 */
public record GroupProfile(String title, Map<String, Object> attributes) {
    /** Length of the longest title, in characters. */
    public static final int MAX_TITLE = 80;

    /** @throws InvalidInput naming every field that violates its rule */
    public GroupProfile {
        List<FieldError> errors = new ArrayList<>();
        if (title == null || !isTitle(title)) {
            errors.add(new FieldError("title", "must be 1 to " + MAX_TITLE + " characters of text"));
        }
        attributes = Attributes.checked(attributes, errors);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static boolean isTitle(String title) {
        return !title.isBlank()
                && title.codePointCount(0, title.length()) <= MAX_TITLE
                && Texts.isSound(title)
                && title.chars().noneMatch(Character::isISOControl);
    }
}
