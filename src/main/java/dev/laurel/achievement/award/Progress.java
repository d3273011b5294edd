package dev.laurel.achievement.award;

import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.Facts;
import dev.laurel.achievement.rule.Figure;
import dev.laurel.achievement.rule.Goal;
import dev.laurel.achievement.rule.Goal.Step;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a player has of the next step of an achievement.
 *
 * @param tier the next one; empty for none
 * @param window the current one of an achievement that repeats; empty otherwise
 */
public record Progress(String tier, String window, List<Part> parts) {
    /** Nothing when every step is reached. */
    static Optional<Progress> of(Goal goal, String player, Facts facts) {
        String window = goal.repeats() == null ? Facts.ONCE : facts.latestWindow(goal.facts(), player);
        for (Step step : goal.steps(player, window)) {
            Function<Condition, Figure> figure = one -> facts.of(one.fact(goal.repeats()), player, window);
            if (step.rule().reached(one -> one.isMetBy(figure.apply(one)) ? 0L : null) == null) {
                List<Part> parts = step.rule()
                        .conditions()
                        .map(one -> part(one, figure.apply(one)))
                        .toList();
                return Optional.of(new Progress(step.tier(), plain(window), parts));
            }
        }
        return Optional.empty();
    }

    /** Of a window that has been reset, the running generation has its id. */
    private static String plain(String window) {
        int generation = window.indexOf('#');
        return generation < 0 ? window : window.substring(0, generation);
    }

    private static Part part(Condition one, Figure figure) {
        return new Part(one, figure == null ? null : figure.value());
    }

    /**
     * A condition of the step.
     *
     * @param value what the player has; null for nothing
     */
    public record Part(Condition condition, BigDecimal value) {}
}
