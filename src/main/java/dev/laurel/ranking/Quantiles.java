package dev.laurel.ranking;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;

import java.util.List;

/**
 * The scores needed to surpass given shares of the players.
 *
 * @param total players in the window
 * @param entries one for each requested share, in that order; empty when no player is ranked
 */
public record Quantiles(RankingRef ranking, Source source, long total, List<Quantile> entries) {
    /**
     * The player whom that share of the players does not surpass, by the nearest-rank method.
     *
     * @param share in hundredths of a percent
     */
    public record Quantile(int share, Ranked ranked) {}
}
