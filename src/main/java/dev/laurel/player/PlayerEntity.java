package dev.laurel.player;

import dev.laurel.shared.SearchWords;
import dev.laurel.shared.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

import java.time.Instant;
import java.util.TreeMap;

/** A row of the table {@code player}. It does not leave this package; {@link Player} does. */
@Entity
@Table(name = "player")
class PlayerEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long number;

    @Column(name = "tenant_id", nullable = false, updatable = false)
    private short tenant;

    @Column(name = "id", nullable = false, updatable = false)
    private String playerId;

    @Column(name = "display_name", nullable = false)
    private String displayName;

    private String username;

    @Column(name = "avatar_url")
    private String avatarUrl;

    // As text rather than the client's own JSON type: {@link Attributes} writes and reads it.
    @Column(nullable = false)
    @ColumnTransformer(read = "cast(attributes as text)", write = "cast(cast(? as text) as jsonb)")
    private String attributes;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Visibility visibility;

    @Column(name = "banned_reason")
    private String bannedReason;

    @Column(name = "banned_until")
    private Instant bannedUntil;

    @Column(nullable = false)
    private String words;

    @Column(nullable = false)
    private int revision;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    /** For Hibernate. */
    PlayerEntity() {}

    PlayerEntity(PlayerKey key, PlayerProfile profile, Instant now) {
        this.tenant = key.tenant().id();
        this.playerId = key.id();
        this.createdAt = now;
        define(profile, now);
    }

    /** Takes over a profile; an equal profile changes nothing. */
    void define(PlayerProfile profile, Instant now) {
        if (revision > 0 && profile.equals(profile())) {
            return;
        }
        displayName = profile.displayName();
        username = profile.username();
        avatarUrl = profile.avatarUrl();
        attributes = Attributes.write(new TreeMap<>(profile.attributes()));
        visibility = profile.visibility();
        bannedReason = profile.ban() == null ? null : profile.ban().reason();
        bannedUntil = profile.ban() == null ? null : profile.ban().until();
        words = String.join(" ", SearchWords.of(profile.displayName()));
        revision++;
        updatedAt = now;
    }

    Player player() {
        return new Player(
                new PlayerKey(new Tenant(tenant), playerId), number, revision, profile(), createdAt, updatedAt);
    }

    private PlayerProfile profile() {
        return new PlayerProfile(
                displayName,
                username,
                avatarUrl,
                Attributes.read(attributes),
                visibility,
                bannedReason == null ? null : new Ban(bannedReason, bannedUntil));
    }
}
