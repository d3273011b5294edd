package dev.laurel.standings.admin;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.admin.StandingsAdmin.Comparison;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.redis.RedisRankings;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the players of a window in both stores. */
@ApplicationScoped
class StoreComparison {
    private static final String COUNT = "SELECT count(*) FROM live_standings($1, $2, $3)";

    private static final String COUNT_ROLLING = "SELECT count(*) FROM rolling_scores($1, $2, $3, 0::smallint, NULL)";

    private final Sql sql;
    private final RedisRankings rankings;

    StoreComparison(Sql sql, RedisRankings rankings) {
        this.sql = sql;
        this.rankings = rankings;
    }

    Uni<Comparison> of(WindowRef window) {
        return stored(window).chain(players -> cached(window).map(cached -> new Comparison(window, players, cached)));
    }

    private Uni<Long> stored(WindowRef window) {
        return (window.period().isRolling()
                        ? sql.run(COUNT_ROLLING, window.board().id(), window.key(), RollingWindows.endKey(window))
                        : sql.run(COUNT, window.board().id(), window.period().code(), window.key()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<Long> cached(WindowRef window) {
        return rankings.page(window.by(0), 0, 1)
                .map(RankingSlice::total)
                .onFailure()
                .recoverWithItem(-1L);
    }
}
