package dev.laurel.ranking.row;

import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.PlayerRows;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.ScorePlace;
import dev.laurel.standings.rank.ScoreRangeSlice;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers as another source does, and passes on what the players in each answer have by all metrics.
 *
 * @param placed whose places by all metrics are wanted, too; null for nobody's
 */
record RowSource(RankingSource of, String placed, Consumer<PlayerRows> rows) implements RankingSource {
    @Override
    public Source source() {
        return of.source();
    }

    @Override
    public Uni<RankingSlice> page(RankingRef ranking, long offset, int limit) {
        return ask(ranking, source -> source.page(ranking, offset, limit), RowSource::players);
    }

    @Override
    public Uni<RankingSlice> after(RankingRef ranking, OrderKey place, int limit) {
        return ask(ranking, source -> source.after(ranking, place, limit), RowSource::players);
    }

    @Override
    public Uni<Place> around(RankingRef ranking, String playerId, int radius) {
        return ask(ranking, source -> source.around(ranking, playerId, radius), place -> players(place.around()));
    }

    @Override
    public Uni<ScoreRangeSlice> within(RankingRef ranking, SortRange range, long offset, int limit) {
        return ask(ranking, source -> source.within(ranking, range, offset, limit), found -> players(found.slice()));
    }

    @Override
    public Uni<Selection> select(RankingRef ranking, List<String> playerIds) {
        return ask(ranking, source -> source.select(ranking, playerIds), found -> found.placed().stream()
                .map(Placed::standing)
                .map(Standing::playerId)
                .toList());
    }

    @Override
    public Uni<ScorePlace> place(RankingRef ranking, long sortKey) {
        return of.place(ranking, sortKey);
    }

    @Override
    public Uni<Selection> quantiles(RankingRef ranking, List<Integer> shares) {
        return of.quantiles(ranking, shares);
    }

    private <T> Uni<T> ask(
            RankingRef ranking, Function<RankingSource, Uni<T>> question, Function<T, List<String>> players) {
        return of.withRows(ranking, new RowQuestion<>(question, players, placed))
                .invoke(found -> rows.accept(found.rows()))
                .map(WithRows::answer);
    }

    private static List<String> players(RankingSlice slice) {
        return slice.standings().stream().map(Standing::playerId).toList();
    }
}
