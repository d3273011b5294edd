package dev.laurel.ranking;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.WindowRef;

import java.util.List;

/**
 * The standings of chosen players in ranking order.
 *
 * @param total players in the window
 * @param missing chosen players without a standing, in the order they were asked for
 */
public record ChosenPlayers(WindowRef window, Source source, long total, List<Chosen> entries, List<String> missing) {
    /**
     * One of them.
     *
     * @param rankAmong rank among the chosen players alone
     */
    public record Chosen(Ranked ranked, long rankAmong) {}
}
