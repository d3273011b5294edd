package dev.laurel.analytics.figures;

import dev.laurel.analytics.rollup.TagAttempts;

import java.util.Comparator;
import java.util.List;

/**
 * How well somebody masters what has a tag. Each attempt weighs {@code 0.5^(age in days / half-life)}, and the estimate
 * begins with {@value #PRIOR_ATTEMPTS} attempts of which half succeeded, so that one lucky attempt proves little:
 *
 * <pre>mastery = (sum of weight * success + 1) / (sum of weight + 2)</pre>
 *
 * @param successRate share of attempts that succeeded, whatever their age; a partial success counts half
 * @param mastery in (0, 1)
 */
public record Mastery(TagAttempts attempts, double successRate, double mastery, Level level) {
    /** Attempts whose outcome is not known yet: what everybody begins with. */
    static final double PRIOR_ATTEMPTS = 2;

    /** Days after which an attempt weighs half as much. */
    public static final double HALF_LIFE = 30;

    private static final double PRIOR_SUCCESS = 1;

    /** How many of the strongest and of the weakest tags are named. */
    private static final int NAMED = 3;

    public static Mastery of(TagAttempts attempts) {
        var outcomes = attempts.outcomes();
        double mastery = (attempts.success() + PRIOR_SUCCESS) / (attempts.weight() + PRIOR_ATTEMPTS);
        return new Mastery(
                attempts,
                (outcomes.completed() + 0.5 * outcomes.partial()) / outcomes.attempts(),
                mastery,
                Level.of(mastery));
    }

    public String tag() {
        return attempts.tag();
    }

    /** The best mastered tags, best first; equal ones by name. */
    public static List<String> strongest(List<Mastery> tags) {
        return named(tags, Comparator.comparingDouble(Mastery::mastery).reversed());
    }

    /** The least mastered tags, worst first; equal ones by name. */
    public static List<String> weakest(List<Mastery> tags) {
        return named(tags, Comparator.comparingDouble(Mastery::mastery));
    }

    private static List<String> named(List<Mastery> tags, Comparator<Mastery> order) {
        return tags.stream()
                .sorted(order.thenComparing(Mastery::tag))
                .limit(NAMED)
                .map(Mastery::tag)
                .toList();
    }

    /** Steps of mastery. */
    public enum Level {
        NOVICE(0),
        DEVELOPING(0.4),
        PROFICIENT(0.6),
        MASTERED(0.8);

        private final double from;

        Level(double from) {
            this.from = from;
        }

        static Level of(double mastery) {
            Level level = NOVICE;
            for (Level one : values()) {
                if (mastery >= one.from) {
                    level = one;
                }
            }
            return level;
        }
    }
}
