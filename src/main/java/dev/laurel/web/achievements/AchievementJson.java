package dev.laurel.web.achievements;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.achievement.Achievement;
import dev.laurel.achievement.AchievementDefinition;
import dev.laurel.achievement.Terms;
import dev.laurel.shared.Period;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON form of an achievement. */
@Schema(name = "Achievement")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AchievementJson(
        String id,
        String title,
        RuleJson rule,

        @Schema(
                type = SchemaType.OBJECT,
                additionalProperties = BigDecimal.class,
                description = "From the easiest to the hardest; empty for none")
        Map<String, BigDecimal> tiers,

        boolean secret,
        boolean revocable,
        Period repeats,
        Instant validFrom,
        Instant validTo,
        String segment,
        Integer first,
        Instant createdAt,
        Instant updatedAt) {
    static AchievementJson of(Achievement achievement) {
        AchievementDefinition definition = achievement.definition();
        Terms terms = definition.terms();
        Map<String, BigDecimal> tiers = new LinkedHashMap<>();
        definition.tiers().forEach(tier -> tiers.put(tier.name(), tier.threshold()));
        return new AchievementJson(
                achievement.key().id(),
                definition.title(),
                RuleJson.of(definition.rule()),
                tiers,
                terms.secret(),
                terms.revocable(),
                terms.repeats(),
                terms.validFrom(),
                terms.validTo(),
                terms.segment(),
                terms.first(),
                achievement.createdAt(),
                achievement.updatedAt());
    }
}
