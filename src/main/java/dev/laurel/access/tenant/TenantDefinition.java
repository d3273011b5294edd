package dev.laurel.access.tenant;

import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Texts;

/**
 * What operators decide about a tenant.
 *
 * @param title for people, 1 to 80 characters
 */
public record TenantDefinition(String title, Quotas quotas) {
    private static final int MAX_TITLE = 80;

    /** @throws InvalidInput naming {@code title} when it violates its rule */
    public TenantDefinition {
        if (title == null
                || title.isBlank()
                || title.codePointCount(0, title.length()) > MAX_TITLE
                || !Texts.isSound(title)
                || title.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("title", "must be 1 to " + MAX_TITLE + " characters of text");
        }
    }
}
