package dev.laurel.standings.postgres;

import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import jakarta.inject.Singleton;

/** Final rankings of closed windows. */
@Singleton
public class ArchivedRankings extends StoredRankings {
    ArchivedRankings(Sql sql, StandingsConfig config) {
        super(
                Source.ARCHIVE,
                StoredRankingSql.ofArchive(),
                sql,
                new Bulkhead(
                        config.archivedReads(),
                        config.archivedReadsWaiting(),
                        "PostgreSQL has as many closed rankings to read as it can take"));
    }

    @Override
    int freeze(RankingRef ranking) {
        return 0;
    }
}
