package dev.laurel.ranking;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.WindowRef;

import java.util.List;

/**
 * Which scores it takes to surpass shares of the players.
 *
 * @param total players in the window
 * @param entries one for each share asked for, in that order; empty when nobody is ranked
 */
public record Quantiles(WindowRef window, Source source, long total, List<Quantile> entries) {
    /**
     * The player whom a share of the players does not surpass, by the nearest-rank method.
     *
     * @param share in hundredths of a percent
     */
    public record Quantile(int share, Ranked ranked) {}
}
