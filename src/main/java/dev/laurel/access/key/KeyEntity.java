package dev.laurel.access.key;

import dev.laurel.access.BoardPatterns;
import dev.laurel.access.Scope;
import dev.laurel.shared.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A row of the table {@code access_key}. It does not leave this package; {@link ApiKey} does. */
@Entity
@Table(name = "access_key")
class KeyEntity {
    private static final String SEPARATOR = ",";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long number;

    @Column(name = "tenant_id", nullable = false, updatable = false)
    private short tenant;

    @Column(name = "id", nullable = false, updatable = false)
    private String keyId;

    @Column(nullable = false, updatable = false)
    private String name;

    @Column(name = "secret_sha256", nullable = false, updatable = false)
    private byte[] secret;

    @Column(nullable = false, updatable = false)
    private String scopes;

    @Column(nullable = false, updatable = false)
    private String boards;

    @Column(name = "player_id", updatable = false)
    private String player;

    @Column(name = "created_by", nullable = false, updatable = false)
    private String createdBy;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "expires_at", updatable = false)
    private Instant expiresAt;

    @Column(name = "last_used_at")
    private Instant lastUsedAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    /** For Hibernate. */
    KeyEntity() {}

    KeyEntity(String id, Secret.Digest secret, NewKey order, Instant now) {
        this.tenant = order.tenant().id();
        this.keyId = id;
        this.name = order.name();
        this.secret = secret.bytes();
        this.scopes = Scope.ordered(order.scopes()).stream().map(Scope::text).collect(Collectors.joining(SEPARATOR));
        this.boards = String.join(SEPARATOR, order.boards().patterns());
        this.player = order.player().orElse(null);
        this.createdBy = order.createdBy();
        this.createdAt = now;
        this.expiresAt = order.expiresAt().orElse(null);
    }

    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    String id() {
        return keyId;
    }

    Secret.Digest digest() {
        return new Secret.Digest(secret);
    }

    ApiKey key() {
        return new ApiKey(
                number,
                keyId,
                new Tenant(tenant),
                name,
                scopes(),
                new BoardPatterns(boards.isEmpty() ? List.of() : List.of(boards.split(SEPARATOR))),
                Optional.ofNullable(player),
                createdBy,
                createdAt,
                Optional.ofNullable(expiresAt),
                Optional.ofNullable(lastUsedAt),
                Optional.ofNullable(revokedAt));
    }

    /** One that a later version has added allows nothing here. */
    private Set<Scope> scopes() {
        return Arrays.stream(scopes.split(SEPARATOR))
                .map(Scope::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }
}
