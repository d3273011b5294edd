package dev.laurel.tier;

import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;

import java.time.Instant;
import java.util.List;

/**
 * How many players of a ranking each tier has.
 *
 * @param asOf when they were counted
 * @param tiers in the order of the definition
 * @param others players who fit no tier
 */
public record TierCounts(RankingRef ranking, Source source, Instant asOf, List<Count> tiers, long others) {
    /** All players of the ranking. */
    public long total() {
        return others + tiers.stream().mapToLong(Count::players).sum();
    }

    /** Of one tier. */
    public record Count(String name, long players) {}
}
