package dev.laurel.standings.read;

import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.ScorePlace;
import dev.laurel.standings.rank.ScoreRangeSlice;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/**
 * The rankings of windows that have never had an event: empty, since PostgreSQL has no such window. Neither store is
 * queried, so requests for windows of any century cost nothing.
 */
@ApplicationScoped
class NoRankings implements RankingSource {
    @Override
    public Source source() {
        return Source.POSTGRES;
    }

    @Override
    public Uni<RankingSlice> page(RankingRef ranking, long offset, int limit) {
        return Uni.createFrom().item(new RankingSlice(0, offset, 0, 0, List.of()));
    }

    @Override
    public Uni<RankingSlice> after(RankingRef ranking, OrderKey place, int limit) {
        return page(ranking, 0, limit);
    }

    @Override
    public Uni<Place> around(RankingRef ranking, String playerId, int radius) {
        return Uni.createFrom().item(Place.none(0));
    }

    @Override
    public Uni<ScoreRangeSlice> within(RankingRef ranking, SortRange range, long offset, int limit) {
        return Uni.createFrom().item(new ScoreRangeSlice(0, new RankingSlice(0, offset, 0, 0, List.of())));
    }

    @Override
    public Uni<ScorePlace> place(RankingRef ranking, long sortKey) {
        return Uni.createFrom().item(new ScorePlace(0, 0, 0, 0));
    }

    @Override
    public Uni<Selection> quantiles(RankingRef ranking, List<Integer> shares) {
        return Uni.createFrom().item(new Selection(0, List.of()));
    }

    @Override
    public Uni<Selection> select(RankingRef ranking, List<String> playerIds) {
        return Uni.createFrom().item(new Selection(0, List.of()));
    }
}
