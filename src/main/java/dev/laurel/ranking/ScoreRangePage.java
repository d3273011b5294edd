package dev.laurel.ranking;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;

import java.util.List;

/**
 * A slice of the entries whose scores lie within bounds, with their ranks in the whole ranking.
 *
 * @param total players in the window
 * @param matching players within the bounds
 */
public record ScoreRangePage(RankingRef ranking, Source source, long total, long matching, List<Ranked> entries) {}
