package dev.laurel.access.key;

import dev.laurel.access.BoardPatterns;
import dev.laurel.access.Caller;
import dev.laurel.access.Scope;
import dev.laurel.shared.Tenant;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key, without its secret.
 *
 * @param number of its row
 * @param id public, and independent of its name
 * @param player whom it submits as, with the scope {@code player}
 * @param createdBy the name of the caller who has made it
 * @param lastUsedAt to within some minutes
 */
public record ApiKey(
        long number,
        String id,
        Tenant tenant,
        String name,
        Set<Scope> scopes,
        BoardPatterns boards,
        Optional<String> player,
        String createdBy,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {
    /** Whether it can be used. */
    public boolean isValid(Instant now) {
        return revokedAt.isEmpty() && (expiresAt.isEmpty() || now.isBefore(expiresAt.get()));
    }

    Caller caller(String tenantName) {
        return new Caller(Caller.Kind.KEY, id, tenant, tenantName, scopes, boards, player);
    }
}
