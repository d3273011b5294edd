package dev.laurel.ranking;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;

import java.util.List;

/**
 * The standings of the given players in ranking order.
 *
 * @param total players in the window
 * @param missing given players without a standing, in the requested order
 */
public record ChosenPlayers(RankingRef ranking, Source source, long total, List<Chosen> entries, List<String> missing) {
    /**
     * The standing of one of them.
     *
     * @param rankAmong rank among the given players alone
     */
    public record Chosen(Ranked ranked, long rankAmong) {}
}
