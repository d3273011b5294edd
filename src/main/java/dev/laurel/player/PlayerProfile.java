package dev.laurel.player;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Texts;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The part of a player's record that clients write.
 *
 * @param displayName shown to people, 1 to 80 characters
 * @param username unique within the tenant; null for none
 * @param avatarUrl address of a picture; null for none
 * @param attributes texts, numbers and booleans, at most {@link Attributes#MAX}
 * @param ban null for none
 */
public record PlayerProfile(
        String displayName,
        String username,
        String avatarUrl,
        Map<String, Object> attributes,
        Visibility visibility,
        Ban ban) {
    /** Length of the longest name, in characters. */
    public static final int MAX_NAME = 80;

    /** Length of the longest picture URL, in characters. */
    public static final int MAX_URL = 2_048;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** @throws InvalidInput naming every field that violates its rule */
    public PlayerProfile {
        List<FieldError> errors = new ArrayList<>();
        if (displayName == null || !isText(displayName, MAX_NAME)) {
            errors.add(new FieldError("displayName", "must be 1 to " + MAX_NAME + " characters of text"));
        }
        if (username != null) {
            requireUsername(username, errors);
        }
        if (avatarUrl != null && !isAddress(avatarUrl)) {
            errors.add(new FieldError(
                    "avatarUrl", "must be an address of http or https with at most " + MAX_URL + " characters"));
        }
        attributes = Attributes.checked(attributes, errors);
        if (ban != null && (ban.reason() == null || !isText(ban.reason(), Ban.MAX_REASON))) {
            errors.add(new FieldError("banned.reason", "must be 1 to " + Ban.MAX_REASON + " characters of text"));
        }
        if (ban != null && ban.until() != null && !isStorable(ban.until())) {
            errors.add(new FieldError("banned.until", "must be in whole milliseconds within the years 1970 and 2200"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static boolean isStorable(Instant instant) {
        return !instant.isBefore(Instant.EPOCH) && instant.isBefore(LATEST) && instant.getNano() % 1_000_000 == 0;
    }

    private static void requireUsername(String username, List<FieldError> errors) {
        try {
            PlayerIds.require("username", username);
        } catch (InvalidInput e) {
            errors.addAll(e.errors());
        }
    }

    private static boolean isText(String text, int longest) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= longest && isOneLine(text);
    }

    private static boolean isOneLine(String text) {
        return Texts.isSound(text) && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isAddress(String text) {
        if (text.length() > MAX_URL) {
            return false;
        }
        try {
            URI address = new URI(text);
            return address.getHost() != null
                    && address.getScheme() != null
                    && SCHEMES.contains(address.getScheme().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
