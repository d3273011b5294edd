package dev.laurel.standings.rank;

import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowMoved;
import io.smallrye.mutiny.Uni;

import java.util.List;
import java.util.function.Function;

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

    /**
     * The standings of the given players, in no particular order and without places, which are not asked for: this costs
     * less than {@link #select}. Players without a rank are left out. Of more than 1,000 players, each thousand may be read
     * at its own moment.
     */
    default Uni<List<Standing>> standings(RankingRef ranking, List<String> playerIds) {
        return select(ranking, playerIds)
                .map(selection ->
                        selection.placed().stream().map(Placed::standing).toList());
    }

    /**
     * A question's answer together with the standings of its players by all metrics of the board: from Redis of one moment and
     * in one round trip.
     */
    default <T> Uni<WithRows<T>> withRows(RankingRef ranking, RowQuestion<T> question) {
        return question.ask(this)
                .chain(answer -> rows(ranking, question.players().apply(answer), question.placed())
                        .map(rows -> new WithRows<>(answer, rows)));
    }

    /**
     * The standings of players by all metrics, each metric read by itself.
     *
     * @param placed whose places are wanted, too; null for nobody's
     */
    default Uni<PlayerRows> rows(RankingRef ranking, List<String> playerIds, String placed) {
        return MetricReads.rows(this, ranking, playerIds, placed);
    }

    /**
     * A question whose players are wanted with all their standings.
     *
     * @param asked asks a source
     * @param players of an answer
     * @param placed whose places by all metrics are wanted, too; null for nobody's
     */
    record RowQuestion<T>(Function<RankingSource, Uni<T>> asked, Function<T, List<String>> players, String placed) {
        /** Puts the question to a source. */
        public Uni<T> ask(RankingSource source) {
            return asked.apply(source);
        }
    }

    /** An answer, and the standings of its players. */
    record WithRows<T>(T answer, PlayerRows rows) {}
}
