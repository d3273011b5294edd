package dev.laurel.standings;

import dev.laurel.platform.Bulkhead;
import dev.laurel.platform.postgres.Sql;
import jakarta.inject.Singleton;

/** Rankings as they were when their board was frozen; asked only for windows that are in the picture. */
@Singleton
class FrozenRankings extends StoredRankings {
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
    int freeze(WindowRef window) {
        return window.board().freeze().number();
    }
}
