package dev.laurel.achievement;

import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.Goal;
import dev.laurel.achievement.rule.Rule;
import dev.laurel.achievement.rule.Tier;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Texts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the owner of an achievement decides.
 *
 * @param title shown to people, 1 to 80 characters
 * @param tiers from the easiest to the hardest, at most {@link #MAX_TIERS}; empty when the conditions have bounds
 */
public record AchievementDefinition(String title, Rule rule, List<Tier> tiers, Terms terms) {
    /** Length of the longest title, in characters. */
    public static final int MAX_TITLE = 80;

    /** Maximum number of tiers. */
    public static final int MAX_TIERS = 10;

    /** @throws InvalidInput naming every field that violates its rule */
    public AchievementDefinition {
        List<FieldError> errors = new ArrayList<>();
        if (title == null || !isTitle(title)) {
            errors.add(new FieldError("title", "must be 1 to " + MAX_TITLE + " characters of text"));
        }
        tiers = List.copyOf(tiers);
        DefinitionRules.check(rule, tiers, terms, errors);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        tiers = ordered(rule, tiers);
    }

    private static List<Tier> ordered(Rule rule, List<Tier> tiers) {
        Comparator<Tier> upwards = Comparator.comparing(Tier::threshold);
        return tiers.stream()
                .sorted(rule instanceof Condition one && one.less() ? upwards.reversed() : upwards)
                .toList();
    }

    private static boolean isTitle(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= MAX_TITLE
                && Texts.isSound(text)
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** The boards that the rule names. */
    public Set<String> boards() {
        return rule.conditions()
                .map(Condition::board)
                .filter(board -> board != null)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The rule with its tiers. */
    public Goal goal() {
        return new Goal(rule, tiers, terms.repeats());
    }

    /**
     * The definition with each condition in the direction of its board.
     *
     * @param lessIsBetter of a board by its name
     */
    AchievementDefinition directed(Predicate<String> lessIsBetter) {
        Rule directed = rule.map(one ->
                one.measure().isStanding() && one.bound() == null ? one.towards(lessIsBetter.test(one.board())) : one);
        return new AchievementDefinition(title, directed, tiers, terms);
    }
}
