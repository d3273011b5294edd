package dev.laurel.ranking;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;

import java.util.List;

/**
 * A slice of a ranking.
 *
 * @param total players in the window
 * @param next cursor of the following slice, null at the end
 */
public record RankingPage(RankingRef ranking, Source source, long total, List<Ranked> entries, String next) {}
