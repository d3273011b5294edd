package dev.laurel.web.achievements;

import dev.laurel.achievement.AchievementDefinition;
import dev.laurel.achievement.Terms;
import dev.laurel.achievement.rule.Rule;
import dev.laurel.achievement.rule.Tier;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.web.NumberText;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An achievement as a client writes it. */
@Schema(name = "AchievementDefinition")
public record AchievementRequest(
        @Schema(
                required = true,
                examples = "Collector",
                minLength = 1,
                maxLength = AchievementDefinition.MAX_TITLE,
                description = "Shown to people")
        String title,

        @Schema(
                required = true,
                examples = "{\"measure\":\"TOTAL\",\"board\":\"sprint\"}",
                description =
                        "What has to be reached: a condition, or all or any of several. At most 10 conditions in 3 levels")
        RuleRequest rule,

        @Schema(
                type = SchemaType.OBJECT,
                additionalProperties = NumberText.class,
                maxProperties = AchievementDefinition.MAX_TIERS,
                examples = "{\"bronze\":50,\"silver\":100,\"gold\":1000}",
                description =
                        "Names with the threshold of each, for a rule of one condition without min and max. Without tiers,"
                                + " every condition has min or max")
        Map<String, NumberText> tiers,

        @Schema(defaultValue = "false", description = "Whether it is shown only to players who have it")
        Boolean secret,

        @Schema(
                defaultValue = "false",
                description = "Whether it is taken back when a correction removes the ground for it")
        Boolean revocable,

        @Schema(
                implementation = Period.class,
                description = "There is an award for each window of this period; default: one award for ever")
        String repeats,

        @Schema(format = "date-time", description = "First instant at which it can be reached; default: always")
        String validFrom,

        @Schema(format = "date-time", description = "First instant at which it no longer can; default: never")
        String validTo,

        @Schema(
                examples = "class:7b",
                description = "Only for players of this group, or with this attribute; default: for all")
        String segment,

        @Schema(
                minimum = "1",
                maximum = "1000",
                description =
                        "Only the first so many players who reach it have it, by the instants of their events, and of equal"
                                + " instants by their ids; default: all")
        Integer first) {
    /**
     * The definition described by the request.
     *
     * @throws InvalidInput naming every field that violates its rule
     */
    AchievementDefinition definition() {
        List<FieldError> errors = new ArrayList<>();
        Period period = RuleRequest.named("repeats", repeats, Period.values(), errors);
        Rule wanted = rule == null ? null : rule.rule("rule", period != null, errors);
        List<Tier> steps = new ArrayList<>();
        if (tiers != null) {
            tiers.forEach((name, threshold) -> {
                BigDecimal number = RuleRequest.number("tiers." + name, threshold, errors);
                steps.add(new Tier(name, number));
            });
        }
        Terms terms = new Terms(
                Boolean.TRUE.equals(secret),
                Boolean.TRUE.equals(revocable),
                period,
                instant("validFrom", validFrom, errors),
                instant("validTo", validTo, errors),
                segment,
                first);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return new AchievementDefinition(title, wanted, steps, terms);
    }

    private static Instant instant(String field, String text, List<FieldError> errors) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            errors.add(new FieldError(field, "must be an RFC 3339 instant, such as 2026-11-20T09:30:00Z"));
            return null;
        }
    }
}
