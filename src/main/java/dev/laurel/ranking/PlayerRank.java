package dev.laurel.ranking;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;

import java.util.List;

/**
 * A player's place in a window.
 *
 * @param own null when the player has no standing there
 * @param percentile in [0, 100], null without a standing
 * @param total players in the window
 * @param around the player and the neighbours, in ranking order; empty without a standing
 */
public record PlayerRank(
        RankingRef ranking, Source source, Ranked own, Double percentile, long total, List<Ranked> around) {
    public boolean ranked() {
        return own != null;
    }

    /** The next neighbour before the player, null for the first. */
    public Ranked ahead() {
        return next(-1);
    }

    /** The next neighbour after the player, null for the last. */
    public Ranked behind() {
        return next(1);
    }

    private Ranked next(int step) {
        int index = around.indexOf(own) + step;
        return index < 0 || index >= around.size() ? null : around.get(index);
    }
}
