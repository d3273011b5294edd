package dev.laurel.tier;

import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;

import java.time.Instant;
import java.util.List;

/**
 * Players of a tier, in ranking order.
 *
 * @param asOf when they were read
 * @param total players of the tier
 */
public record TierPage(
        RankingRef ranking, Source source, String tier, Instant asOf, long total, List<Ranked> players) {}
