package dev.laurel.challenge;

import dev.laurel.board.SortOrder;
import dev.laurel.challenge.ChallengeDefinition.Measure;
import dev.laurel.shared.Tenant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A row of the table {@code challenge}. It does not leave this package; {@link Challenge} does. */
@Entity
@Table(name = "challenge")
class ChallengeEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Integer number;

    @Column(name = "tenant_id", nullable = false, updatable = false)
    private short tenant;

    @Column(name = "id", nullable = false, updatable = false)
    private String challengeId;

    @Column(nullable = false)
    private String title;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Measure measure;

    @Enumerated(EnumType.STRING)
    @Column(name = "sort_order", nullable = false)
    private SortOrder sortOrder;

    @Column(nullable = false)
    private String board;

    // As text rather than the client's own JSON type, like the attributes of players.
    @Column(nullable = false)
    @ColumnTransformer(read = "cast(variants as text)", write = "cast(cast(? as text) as jsonb)")
    private String variants;

    @Column(nullable = false)
    @ColumnTransformer(read = "cast(tags as text)", write = "cast(cast(? as text) as jsonb)")
    private String tags;

    @Column(nullable = false)
    private int revision;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @Column(name = "deleted_at")
    private Instant deletedAt;

    /** For Hibernate. */
    ChallengeEntity() {}

    ChallengeEntity(ChallengeKey key, ChallengeDefinition definition, Instant now) {
        this.tenant = key.tenant().id();
        this.challengeId = key.id();
        this.createdAt = now;
        define(definition, now);
    }

    /** Takes over a definition; an equal one changes nothing. */
    void define(ChallengeDefinition definition, Instant now) {
        if (revision > 0 && definition.equals(definition())) {
            return;
        }
        title = definition.title();
        measure = definition.measure();
        sortOrder = definition.order();
        board = definition.board();
        variants = write(definition.variants());
        tags = new JsonArray(definition.tags()).encode();
        revision++;
        updatedAt = now;
    }

    void delete(Instant now) {
        deletedAt = now;
        revision++;
    }

    int number() {
        return number;
    }

    Challenge challenge() {
        return new Challenge(
                new ChallengeKey(new Tenant(tenant), challengeId),
                number,
                revision,
                definition(),
                createdAt,
                updatedAt);
    }

    private ChallengeDefinition definition() {
        List<String> words =
                new JsonArray(tags).stream().map(String.class::cast).toList();
        return new ChallengeDefinition(title, measure, sortOrder, board, read(variants), words);
    }

    private static String write(SortedMap<String, Variant> variants) {
        JsonObject json = new JsonObject();
        variants.forEach((name, variant) -> {
            JsonObject one = new JsonObject().put("points", variant.points());
            if (variant.opensAt() != null) {
                one.put("opensAt", variant.opensAt().toEpochMilli());
            }
            if (variant.closesAt() != null) {
                one.put("closesAt", variant.closesAt().toEpochMilli());
            }
            json.put(name, one);
        });
        return json.encode();
    }

    private static SortedMap<String, Variant> read(String text) {
        JsonObject json = new JsonObject(text);
        SortedMap<String, Variant> variants = new TreeMap<>();
        for (String name : json.fieldNames()) {
            JsonObject one = json.getJsonObject(name);
            variants.put(
                    name,
                    new Variant(
                            one.getInteger("points"),
                            instant(one.getLong("opensAt")),
                            instant(one.getLong("closesAt"))));
        }
        return variants;
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
