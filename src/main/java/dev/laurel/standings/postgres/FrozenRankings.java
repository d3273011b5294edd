package dev.laurel.standings.postgres;

import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import jakarta.inject.Singleton;

/** Rankings as they were when their board was frozen; used only for windows in the snapshot. */
@Singleton
public class FrozenRankings extends StoredRankings {
    FrozenRankings(Sql sql, StandingsConfig config) {
        super(
                Source.FROZEN,
                StoredRankingSql.ofPictures(),
                sql,
                new Bulkhead(
                        config.archivedReads(),
                        config.archivedReadsWaiting(),
                        "PostgreSQL has as many frozen rankings to read as it can take"));
    }

    @Override
    int freeze(RankingRef ranking) {
        return ranking.board().freeze().number();
    }
}
