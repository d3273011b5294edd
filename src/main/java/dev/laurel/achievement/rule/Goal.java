package dev.laurel.achievement.rule;

import dev.laurel.shared.Period;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rule of an achievement with its tiers. It decides from facts alone, so the same facts give the same, in whatever order
 * they came about.
 *
 * @param tiers from the easiest to the hardest; empty when the rule has bounds of its own
 * @param repeats the period for each of whose windows it can be reached; null for once
 */
public record Goal(Rule rule, List<Tier> tiers, Period repeats) {
    /** The name of the only step of a goal without tiers. */
    public static final String NO_TIER = "";

    public Goal {
        tiers = List.copyOf(tiers);
    }

    /** What has to be known to decide it. */
    public Set<Fact> facts() {
        return rule.conditions().map(one -> one.fact(repeats)).collect(Collectors.toSet());
    }

    /** Everything that a player has reached. */
    public List<Step> reached(String player, Facts facts) {
        List<Step> steps = new ArrayList<>();
        for (String window : windows(player, facts)) {
            if (tiers.isEmpty()) {
                addIfReached(steps, new Step(player, NO_TIER, window, rule), facts);
            }
            for (Tier tier : tiers) {
                // Who has not reached an easier one has reached no harder one.
                if (!addIfReached(steps, step(player, window, tier), facts) && rule instanceof Condition) {
                    break;
                }
            }
        }
        return steps;
    }

    private boolean addIfReached(List<Step> steps, Step step, Facts facts) {
        return step.rule().reached(one -> holds(one, step, facts)) != null && steps.add(step);
    }

    private Step step(String player, String window, Tier tier) {
        return new Step(player, tier.name(), window, rule.map(one -> one.withBound(tier.threshold())));
    }

    /** The windows for which it can be decided. */
    public Set<String> windows(String player, Facts facts) {
        return repeats == null ? Set.of(Facts.ONCE) : facts.windows(facts(), player);
    }

    /** Every step there is, reached or not. */
    public List<Step> steps(String player, String window) {
        return tiers.isEmpty()
                ? List.of(new Step(player, NO_TIER, window, rule))
                : tiers.stream().map(tier -> step(player, window, tier)).toList();
    }

    private Long holds(Condition condition, Step step, Facts facts) {
        return condition.isMetBy(facts.of(condition.fact(repeats), step.player(), step.window())) ? 0L : null;
    }

    /**
     * A tier for a player, in a window.
     *
     * @param rule with the threshold of the tier
     */
    public record Step(String player, String tier, String window, Rule rule) {}
}
