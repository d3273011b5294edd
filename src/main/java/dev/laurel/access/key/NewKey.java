package dev.laurel.access.key;

import dev.laurel.access.BoardPatterns;
import dev.laurel.access.Scope;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Tenant;
import dev.laurel.shared.Texts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key that is to be made.
 *
 * @param name what it is for, 1 to 80 characters; several may have the same
 * @param scopes at least one
 * @param player whom it submits as; needed with {@link Scope#PLAYER}, and of no use without it
 * @param createdBy the name of the caller
 * @param expiresAt empty for never
 */
public record NewKey(
        Tenant tenant,
        String name,
        Set<Scope> scopes,
        BoardPatterns boards,
        Optional<String> player,
        String createdBy,
        Optional<Instant> expiresAt) {
    private static final int MAX_NAME = 80;

    /** @throws InvalidInput naming every field that violates its rule */
    public NewKey {
        List<FieldError> errors = new ArrayList<>();
        if (name == null
                || name.isBlank()
                || name.codePointCount(0, name.length()) > MAX_NAME
                || !Texts.isSound(name)
                || name.chars().anyMatch(Character::isISOControl)) {
            errors.add(new FieldError("name", "must be 1 to " + MAX_NAME + " characters of text"));
        }
        if (scopes.isEmpty()) {
            errors.add(new FieldError("scopes", "must name at least one of " + String.join(", ", Scope.texts())));
        }
        if (scopes.contains(Scope.PLAYER) != player.isPresent()) {
            errors.add(new FieldError("player", "must be given with the scope player, and only with it"));
        }
        if (scopes.contains(Scope.PLAYER) && (scopes.contains(Scope.WRITE) || scopes.contains(Scope.ADMIN))) {
            errors.add(
                    new FieldError("scopes", "must not have player next to write or admin, which submit for everyone"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        player.ifPresent(id -> PlayerIds.require("player", id));
        scopes = Set.copyOf(scopes);
    }

    /** @throws InvalidInput naming {@code expiresAt} when that is past */
    void requireFuture(Instant now) {
        if (expiresAt.isPresent() && !now.isBefore(expiresAt.get())) {
            throw new InvalidInput("expiresAt", "must be in the future");
        }
    }
}
