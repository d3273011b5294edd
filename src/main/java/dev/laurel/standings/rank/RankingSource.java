package dev.laurel.standings.rank;

import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowMoved;
import io.smallrye.mutiny.Uni;

import java.util.List;

/**
 * A store that can serve the ranking of a window. All sources return the same order and the same places.
 *
 * <p>Each method fails with {@link WindowMoved} when the window is no longer what the caller believes it to be.
 */
public interface RankingSource {
    Source source();

    /** A slice by offset, from 0. */
    Uni<RankingSlice> page(RankingRef ranking, long offset, int limit);

    /** The slice after a place. */
    Uni<RankingSlice> after(RankingRef ranking, OrderKey place, int limit);

    /** A player's place with up to {@code radius} neighbours on each side. */
    Uni<Place> around(RankingRef ranking, String playerId, int radius);

    /** The standings whose scores lie within bounds, by offset among them, from 0. */
    Uni<ScoreRangeSlice> within(RankingRef ranking, SortRange range, long offset, int limit);

    /** The place of a score. */
    Uni<ScorePlace> place(RankingRef ranking, long sortKey);

    /**
     * The players at given shares of the ranking, by the nearest-rank method: each is the player whom that share of all
     * players, counted from the last place, do not surpass.
     *
     * @param shares in hundredths of a percent, 0 to 10,000
     * @return one for each share, in their order; none when no player is ranked
     */
    Uni<Selection> quantiles(RankingRef ranking, List<Integer> shares);

    /** The places of the given players. */
    Uni<Selection> select(RankingRef ranking, List<String> playerIds);
}
