package dev.laurel.achievement;

import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.Measure;
import dev.laurel.achievement.rule.Rule;
import dev.laurel.achievement.rule.Rule.Combined;
import dev.laurel.achievement.rule.Tier;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.Period;
import dev.laurel.shared.Texts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a definition of an achievement has to fulfil on its own, whatever boards there are. */
final class DefinitionRules {
    private static final BigDecimal LARGEST = new BigDecimal("9007199254740991");
    private static final int MAX_DECIMALS = 6;
    private static final int MAX_SEGMENT = 385;
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private DefinitionRules() {}

    /** Adds what is wrong to the errors. */
    static void check(Rule rule, List<Tier> tiers, Terms terms, List<FieldError> errors) {
        if (rule == null) {
            errors.add(new FieldError("rule", "is missing"));
            return;
        }
        if (rule.conditions().limit(Rule.MAX_CONDITIONS + 1L).count() > Rule.MAX_CONDITIONS) {
            errors.add(new FieldError("rule", "must have at most " + Rule.MAX_CONDITIONS + " conditions"));
        }
        checkRule("rule", rule, 1, new Surroundings(!tiers.isEmpty(), terms.repeats(), errors));
        checkTiers(rule, tiers, errors);
        checkTerms(terms, errors);
    }

    private static void checkRule(String field, Rule rule, int depth, Surroundings around) {
        if (rule instanceof Condition condition) {
            checkCondition(field, condition, around);
            return;
        }
        Combined combined = (Combined) rule;
        String part = field + "." + combined.kind().name().toLowerCase(Locale.ROOT);
        if (combined.parts().isEmpty()) {
            around.errors.add(new FieldError(part, "must not be empty"));
        }
        if (depth >= Rule.MAX_DEPTH) {
            around.errors.add(new FieldError(part, "must not be nested deeper than " + Rule.MAX_DEPTH + " levels"));
            return;
        }
        for (int i = 0; i < combined.parts().size(); i++) {
            checkRule(part + "[" + i + "]", combined.parts().get(i), depth + 1, around);
        }
    }

    private static void checkCondition(String field, Condition condition, Surroundings around) {
        Measure measure = condition.measure();
        if (condition.board() == null && measure != Measure.CHALLENGES) {
            around.add(field + ".board", "is missing");
        }
        if (condition.board() != null && !Ids.isValid(condition.board())) {
            around.add(field + ".board", "must be the id of a board");
        }
        if (condition.tag() != null && (!measure.hasTag() || !Ids.isValid(condition.tag()))) {
            around.add(field + ".tag", measure.hasTag() ? "must be a word" : "must not be given with " + measure);
        }
        checkPeriod(field, condition, around);
        if (around.tiered && condition.bound() != null) {
            around.add(field, "must have neither min nor max where tiers have thresholds");
        } else if (!around.tiered && condition.bound() == null) {
            around.add(field + ".min", "is missing, and there are no tiers");
        } else if (condition.bound() != null) {
            checkNumber(field + (condition.less() ? ".max" : ".min"), condition.bound(), around.errors);
        }
        checkDirection(field, condition, around);
    }

    private static void checkDirection(String field, Condition condition, Surroundings around) {
        if (condition.measure() == Measure.FINAL_RANK && !condition.less()) {
            around.add(field + ".min", "must be max: the best rank is 1");
        }
        if (condition.less()
                && condition.measure() != Measure.FINAL_RANK
                && !condition.measure().isStanding()) {
            around.add(field + ".max", "must be min");
        }
    }

    private static void checkPeriod(String field, Condition condition, Surroundings around) {
        Measure measure = condition.measure();
        Period period = condition.period();
        if (around.repeats != null && !measure.canRepeat()) {
            around.add(field + ".measure", "cannot be " + measure + " in an achievement that repeats");
        }
        if (period != null && !measure.hasPeriod()) {
            around.add(field + ".period", "must not be given with " + measure);
        }
        if (measure.isFinal() && period == null && around.repeats == null) {
            around.add(field + ".period", "is missing");
        }
        if (period != null && period.isRolling()) {
            around.add(field + ".period", "must not be a rolling period");
        }
        if (period != null && around.repeats != null && period != around.repeats) {
            around.add(field + ".period", "must be the period for which the achievement repeats");
        }
    }

    private static void checkNumber(String field, BigDecimal number, List<FieldError> errors) {
        if (number.abs().compareTo(LARGEST) > 0 || number.stripTrailingZeros().scale() > MAX_DECIMALS) {
            errors.add(new FieldError(
                    field, "must be within ±" + LARGEST + " and have at most " + MAX_DECIMALS + " decimals"));
        }
    }

    private static void checkTiers(Rule rule, List<Tier> tiers, List<FieldError> errors) {
        if (tiers.isEmpty()) {
            return;
        }
        if (!(rule instanceof Condition)) {
            errors.add(new FieldError("tiers", "must not be given with a rule of several conditions"));
        }
        if (tiers.size() > AchievementDefinition.MAX_TIERS) {
            errors.add(new FieldError("tiers", "must be at most " + AchievementDefinition.MAX_TIERS));
        }
        Set<BigDecimal> thresholds = new HashSet<>();
        for (Tier tier : tiers) {
            if (!Ids.isValid(tier.name())) {
                errors.add(new FieldError("tiers", "must have names of letters, digits and ._:@|~+-"));
            }
            checkNumber("tiers." + tier.name(), tier.threshold(), errors);
            if (!thresholds.add(tier.threshold().stripTrailingZeros())) {
                errors.add(new FieldError("tiers." + tier.name(), "must differ from the thresholds of other tiers"));
            }
        }
    }

    private static void checkTerms(Terms terms, List<FieldError> errors) {
        if (terms.repeats() != null && (terms.repeats().isRolling() || terms.repeats() == Period.ALL_TIME)) {
            errors.add(new FieldError("repeats", "must be DAILY, WEEKLY, MONTHLY, YEARLY or SEASON"));
        }
        checkInstant("validFrom", terms.validFrom(), errors);
        checkInstant("validTo", terms.validTo(), errors);
        if (terms.validFrom() != null
                && terms.validTo() != null
                && !terms.validTo().isAfter(terms.validFrom())) {
            errors.add(new FieldError("validTo", "must be after validFrom"));
        }
        if (terms.segment() != null && !isSegment(terms.segment())) {
            errors.add(new FieldError(
                    "segment", "must be a group such as class:7b, or an attribute with its value such as country:VN"));
        }
        if (terms.first() != null && (terms.first() < 1 || terms.first() > Terms.MAX_FIRST)) {
            errors.add(new FieldError("first", "must be a whole number from 1 to " + Terms.MAX_FIRST));
        }
    }

    private static boolean isSegment(String name) {
        int colon = name.indexOf(':');
        return colon > 0
                && Ids.isValid(name.substring(0, colon))
                && colon < name.length() - 1
                && name.length() <= MAX_SEGMENT
                && Texts.isSound(name)
                && !name.startsWith("friends:");
    }

    private static void checkInstant(String field, Instant instant, List<FieldError> errors) {
        if (instant != null
                && (instant.isBefore(Instant.EPOCH)
                        || !instant.isBefore(LATEST)
                        || instant.getNano() % 1_000_000 != 0)) {
            errors.add(new FieldError(field, "must be in whole milliseconds within the years 1970 and 2200"));
        }
    }

    /** What a condition is checked against. */
    private record Surroundings(boolean tiered, Period repeats, List<FieldError> errors) {
        private void add(String field, String message) {
            errors.add(new FieldError(field, message));
        }
    }
}
