package dev.laurel.standings.rank;

import dev.laurel.standings.window.WindowMoved;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;

import java.util.List;

/**
 * A store that can answer for the ranking of a window. All answer the same: same order, same places.
 *
 * <p>Each method fails with {@link WindowMoved} when the window is no longer what the caller believes it to be.
 */
public interface RankingSource {
    Source source();

    /** A slice by offset, from 0. */
    Uni<RankingSlice> page(WindowRef window, long offset, int limit);

    /** The slice behind a place. */
    Uni<RankingSlice> after(WindowRef window, OrderKey place, int limit);

    /** A player's place with up to {@code radius} neighbours on each side. */
    Uni<Place> around(WindowRef window, String playerId, int radius);

    /** Those whose scores lie within bounds, by offset among them, from 0. */
    Uni<ScoreRangeSlice> within(WindowRef window, SortRange range, long offset, int limit);

    /** Where a score stands. */
    Uni<ScorePlace> place(WindowRef window, long sortKey);

    /**
     * Who stands at shares of the ranking, by the nearest-rank method: the player whom so many of all players, counted from
     * the last place, do not surpass.
     *
     * @param shares in hundredths of a percent, 0 to 10,000
     * @return one for each share, in their order; none when nobody is ranked
     */
    Uni<Selection> quantiles(WindowRef window, List<Integer> shares);

    /** The places of chosen players. */
    Uni<Selection> select(WindowRef window, List<String> playerIds);
}
