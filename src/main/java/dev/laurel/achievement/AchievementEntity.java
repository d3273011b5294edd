package dev.laurel.achievement;

import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.RuleText;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;
import io.vertx.core.json.JsonArray;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

import java.time.Instant;
import java.util.List;

/** A row of the table {@code achievement}. It does not leave this package; {@link Achievement} does. */
@Entity
@Table(name = "achievement")
class AchievementEntity {
    private static final String READ_RULE = "cast(rule as text)";
    private static final String WRITE_JSON = "cast(cast(? as text) as jsonb)";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Integer number;

    @Column(name = "tenant_id", nullable = false, updatable = false)
    private short tenant;

    @Column(name = "id", nullable = false, updatable = false)
    private String achievementId;

    @Column(nullable = false)
    private String title;

    // As text rather than the client's own JSON type, like the attributes of players.
    @Column(nullable = false)
    @ColumnTransformer(read = READ_RULE, write = WRITE_JSON)
    private String rule;

    @Column(nullable = false)
    @ColumnTransformer(read = "cast(tiers as text)", write = WRITE_JSON)
    private String tiers;

    @Column(nullable = false)
    @ColumnTransformer(read = "cast(boards as text)", write = WRITE_JSON)
    private String boards;

    @Column(nullable = false)
    @ColumnTransformer(read = "cast(measures as text)", write = WRITE_JSON)
    private String measures;

    @Column(nullable = false)
    private boolean secret;

    @Column(nullable = false)
    private boolean revocable;

    private Short repeats;

    @Column(name = "valid_from")
    private Long validFrom;

    @Column(name = "valid_to")
    private Long validTo;

    private String segment;

    private Integer first;

    @Column(nullable = false)
    private int revision;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @Column(name = "deleted_at")
    private Instant deletedAt;

    /** For Hibernate. */
    AchievementEntity() {}

    AchievementEntity(AchievementKey key, AchievementDefinition definition, Instant now) {
        this.tenant = key.tenant().id();
        this.achievementId = key.id();
        this.createdAt = now;
        define(definition, now);
    }

    /** Takes over a definition; an equal one changes nothing. */
    void define(AchievementDefinition definition, Instant now) {
        if (revision > 0 && definition.equals(definition())) {
            return;
        }
        title = definition.title();
        rule = RuleText.write(definition.rule()).encode();
        tiers = RuleText.write(definition.tiers()).encode();
        boards = list(definition.boards().stream().sorted().toList());
        measures = list(definition
                .rule()
                .conditions()
                .map(Condition::measure)
                .distinct()
                .map(Enum::name)
                .toList());
        Terms terms = definition.terms();
        secret = terms.secret();
        revocable = terms.revocable();
        repeats = terms.repeats() == null ? null : terms.repeats().code();
        validFrom = millis(terms.validFrom());
        validTo = millis(terms.validTo());
        segment = terms.segment();
        first = terms.first();
        revision++;
        updatedAt = now;
    }

    private static String list(List<String> words) {
        return new JsonArray(words).encode();
    }

    private static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    void delete(Instant now) {
        deletedAt = now;
        revision++;
    }

    int number() {
        return number;
    }

    Achievement achievement() {
        return new Achievement(
                new AchievementKey(new Tenant(tenant), achievementId),
                number,
                revision,
                definition(),
                createdAt,
                updatedAt);
    }

    private AchievementDefinition definition() {
        Terms terms = new Terms(
                secret,
                revocable,
                repeats == null ? null : Period.ofCode(repeats),
                instant(validFrom),
                instant(validTo),
                segment,
                first);
        return new AchievementDefinition(title, RuleText.readRule(rule), RuleText.readTiers(tiers), terms);
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
