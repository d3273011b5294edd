package dev.laurel.group;

import dev.laurel.player.Attributes;
import dev.laurel.shared.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

import java.time.Instant;
import java.util.TreeMap;

/** A row of the table {@code player_group}. It does not leave this package; {@link Group} does. */
@Entity
@Table(name = "player_group")
class GroupEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long number;

    @Column(name = "tenant_id", nullable = false, updatable = false)
    private short tenant;

    @Column(nullable = false, updatable = false)
    private String kind;

    @Column(name = "id", nullable = false, updatable = false)
    private String groupId;

    @Column(nullable = false)
    private String title;

    // As text rather than the client's own JSON type: {@link Attributes} writes and reads it.
    @Column(nullable = false)
    @ColumnTransformer(read = "cast(attributes as text)", write = "cast(cast(? as text) as jsonb)")
    private String attributes;

    @Column(nullable = false)
    private int revision;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    /** For Hibernate. */
    GroupEntity() {}

    GroupEntity(GroupKey key, GroupProfile profile, Instant now) {
        this.tenant = key.tenant().id();
        this.kind = key.kind();
        this.groupId = key.id();
        this.createdAt = now;
        define(profile, now);
    }

    /** Takes over a profile; an equal profile changes nothing. */
    void define(GroupProfile profile, Instant now) {
        if (revision > 0 && profile.equals(profile())) {
            return;
        }
        title = profile.title();
        attributes = Attributes.write(new TreeMap<>(profile.attributes()));
        revision++;
        updatedAt = now;
    }

    Group group() {
        return new Group(
                new GroupKey(new Tenant(tenant), kind, groupId), number, revision, profile(), createdAt, updatedAt);
    }

    private GroupProfile profile() {
        return new GroupProfile(title, Attributes.read(attributes));
    }
}
