package dev.laurel.web.achievements;

import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.Measure;
import dev.laurel.achievement.rule.Rule;
import dev.laurel.achievement.rule.Rule.Combined;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.Period;
import dev.laurel.web.NumberText;
import dev.laurel.web.Parameters;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A rule as a client writes it: one condition, or all or any of several rules. */
@Schema(name = "AchievementRuleDefinition")
public record RuleRequest(
        @Schema(
                implementation = Measure.class,
                examples = "TOTAL",
                description =
                        "TOTAL in a window of a board that adds up, SCORE in one of another board; EVENTS, how many;"
                                + " STREAK_DAYS, the most days in a row; OUTCOMES, how many attempts were completed;"
                                + " CHALLENGES, how many variants were cleared; FINAL_RANK and FINAL_PERCENTILE in closed windows")
        String measure,

        @Schema(
                examples = "learn",
                pattern = Ids.PATTERN,
                description = "Which board; CHALLENGES may leave it out, for challenges of all boards")
        String board,

        @Schema(
                examples = "loops",
                pattern = Ids.PATTERN,
                description = "OUTCOMES and CHALLENGES: only those with this tag")
        String tag,

        @Schema(
                implementation = Period.class,
                description = "In whose windows it is measured. TOTAL and SCORE: ALL_TIME unless given. FINAL_RANK and"
                        + " FINAL_PERCENTILE: required. If the achievement repeats: that period")
        String period,

        @Schema(type = SchemaType.NUMBER, examples = "7", description = "At least so much; not with tiers")
        NumberText min,

        @Schema(
                type = SchemaType.NUMBER,
                description =
                        "At most so much, where less is better: FINAL_RANK, and TOTAL and SCORE of boards with order ASC;"
                                + " not with tiers")
        NumberText max,

        @Schema(description = "All of these have to hold; instead of a condition")
        List<RuleRequest> all,

        @Schema(description = "One of these has to hold; instead of a condition")
        List<RuleRequest> any) {
    /** Beyond it no number is in range, and some are too large to be looked at. */
    private static final int MAX_SCALE = 40;

    /** The rule, or null when the errors say what is wrong with it. */
    Rule rule(String field, boolean repeats, List<FieldError> errors) {
        boolean isCondition = measure != null;
        if (Stream.of(isCondition, all != null, any != null)
                        .filter(given -> given)
                        .count()
                != 1) {
            errors.add(new FieldError(field, "must have either measure, or all, or any"));
            return null;
        }
        if (isCondition) {
            return condition(field, repeats, errors);
        }
        if (Stream.of(board, tag, period, min, max).anyMatch(given -> given != null)) {
            errors.add(new FieldError(field, "must have nothing else next to all or any"));
            return null;
        }
        return all != null
                ? combined(field + ".all", Combined.Kind.ALL, repeats, errors)
                : combined(field + ".any", Combined.Kind.ANY, repeats, errors);
    }

    private Rule combined(String field, Combined.Kind kind, boolean repeats, List<FieldError> errors) {
        List<RuleRequest> given = kind == Combined.Kind.ALL ? all : any;
        List<Rule> parts = new ArrayList<>();
        for (int i = 0; i < given.size() && i <= Rule.MAX_CONDITIONS; i++) {
            Rule part = given.get(i).rule(field + "[" + i + "]", repeats, errors);
            if (part != null) {
                parts.add(part);
            }
        }
        return new Combined(kind, parts);
    }

    private Rule condition(String field, boolean repeats, List<FieldError> errors) {
        Measure measured = named(field + ".measure", measure, Measure.values(), errors);
        Period windows = named(field + ".period", period, Period.values(), errors);
        if (min != null && max != null) {
            errors.add(new FieldError(field, "must not have both min and max"));
        }
        BigDecimal least = number(field + ".min", min, errors);
        BigDecimal most = number(field + ".max", max, errors);
        if (measured == null) {
            return null;
        }
        return new Condition(
                measured,
                board,
                tag,
                windows == null && measured.isStanding() && !repeats ? Period.ALL_TIME : windows,
                max == null ? least : most,
                max != null || min == null && measured == Measure.FINAL_RANK);
    }

    /** The exact number; null for none, and when the errors say what is wrong with it. */
    static BigDecimal number(String field, NumberText number, List<FieldError> errors) {
        if (number == null) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(number.text());
            if (Math.abs(value.scale()) <= MAX_SCALE) {
                return value.scale() < 0 ? value.setScale(0) : value;
            }
        } catch (NumberFormatException e) {
            // as far out of range as one that can be parsed
        }
        errors.add(new FieldError(field, "must be a number in the range of scores"));
        return BigDecimal.ZERO;
    }

    /** The value of a name; null for none, and when the errors say that there is no such one. */
    static <E extends Enum<E>> E named(String field, String text, E[] values, List<FieldError> errors) {
        if (text == null) {
            return null;
        }
        for (E value : values) {
            if (value.name().equals(text)) {
                return value;
            }
        }
        errors.add(new FieldError(field, Parameters.oneOf(values)));
        return null;
    }
}
