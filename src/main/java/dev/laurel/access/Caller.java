package dev.laurel.access;

import dev.laurel.shared.Tenant;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks.
 *
 * @param kind how the caller is known
 * @param name for logs: the public id of a key, the subject of a token; never the credential itself
 * @param tenant whose boards and players the caller sees
 * @param tenantName as operators write it
 * @param scopes what the caller may do
 * @param boards the boards that the caller may touch
 * @param player the player who the caller is; a caller with {@link Scope#PLAYER} submits as this one only
 */
public record Caller(
        Kind kind,
        String name,
        Tenant tenant,
        String tenantName,
        Set<Scope> scopes,
        BoardPatterns boards,
        Optional<String> player) {
    /** The name of the tenant that exists from the first start. */
    public static final String DEFAULT_TENANT = "default";

    /** Anyone, while the service is open. */
    public static final Caller OPEN = unlimited(Kind.OPEN, "open");

    /** The service itself: its jobs and followers, and what an operator does on its machine. No request has this caller. */
    public static final Caller SYSTEM = unlimited(Kind.SYSTEM, "system");

    /** Anyone without a credential, while the service is closed. */
    public static final Caller ANONYMOUS = new Caller(
            Kind.ANONYMOUS, "anonymous", Tenant.DEFAULT, DEFAULT_TENANT, Set.of(), BoardPatterns.ALL, Optional.empty());

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    private static Caller unlimited(Kind kind, String name) {
        return new Caller(kind, name, Tenant.DEFAULT, DEFAULT_TENANT, Scope.ALL, BoardPatterns.ALL, Optional.empty());
    }

    /** Whether the caller may do what needs this scope. */
    public boolean has(Scope scope) {
        return scope.isAmong(scopes);
    }

    /** Whether the caller operates the service: with the scope {@code admin}, it may do what concerns all tenants. */
    public boolean isOperator() {
        return tenant.equals(Tenant.DEFAULT) && boards.isAll();
    }

    /** How a caller is known. */
    public enum Kind {
        /** Not at all: the service is open, and no credential was sent. */
        OPEN,
        /** By an API key. */
        KEY,
        /** By a token of an issuer. */
        TOKEN,
        /** Not at all, in a service that is closed: only what is public. */
        ANONYMOUS,
        /** The service itself. */
        SYSTEM
    }
}
