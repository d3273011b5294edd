package dev.laurel.standings.postgres;

import dev.laurel.shared.Period;
import dev.laurel.standings.window.RankingRef;

/**
 * Where PostgreSQL stores the scores of a ranking. The columns of {@code standing} that hold a player's newest window
 * of a period begin with one letter; further metrics are in an array, each as score and instant.
 */
public record Slot(Period period, int metric) {
    private static final String LETTERS = "dwmyas";

    public static Slot of(RankingRef ranking) {
        return new Slot(ranking.period(), ranking.metric());
    }

    private String letter() {
        return LETTERS.substring(period.code() - 1, period.code());
    }

    /**
     * Fills a statement: {@code %1$s} is the window's column of {@code standing}, {@code %2$s} and {@code %3$s} its score
     * and instant there, {@code %4$s} and {@code %5$s} score and instant in {@code window_standing w}.
     */
    public String fill(String statement) {
        String more = letter() + "_more[%d]";
        return metric == 0
                ? statement.formatted(
                        letter() + "_window", letter() + "_score", letter() + "_at", "w.score", "w.reached_at")
                : statement.formatted(
                        letter() + "_window",
                        more.formatted(2 * metric - 1),
                        more.formatted(2 * metric),
                        "w.more[%d]".formatted(2 * metric - 1),
                        "w.more[%d]".formatted(2 * metric));
    }
}
