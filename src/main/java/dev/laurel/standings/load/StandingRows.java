package dev.laurel.standings.load;

import dev.laurel.board.SortOrder;
import dev.laurel.board.TieBreak;
import dev.laurel.standings.redis.TieKey;
import dev.laurel.standings.window.RankingRef;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.ArrayList;
import java.util.List;

/** Converts rows of player, score, instant and version to the terms of the sorted set. */
public final class StandingRows {
    private StandingRows() {}

    /**
     * Appends the lists that a load takes, one after the other: players, their values in the hash, and their places.
     */
    static void addLists(List<String> arguments, List<StoredStanding> standings) {
        for (StoredStanding one : standings) {
            arguments.add(one.playerId());
        }
        for (StoredStanding one : standings) {
            arguments.add(one.playerId());
            arguments.add(one.value());
        }
        for (StoredStanding one : standings) {
            arguments.add(Long.toString(one.sortKey()));
            arguments.add(one.member());
        }
    }

    public static List<StoredStanding> read(RankingRef ranking, RowSet<Row> rows) {
        SortOrder order = ranking.board().definition().order();
        TieBreak tieBreak = ranking.board().definition().tieBreak();
        List<StoredStanding> stored = new ArrayList<>(rows.size());
        for (Row row : rows) {
            stored.add(new StoredStanding(
                    row.getString(0),
                    row.getLong(3),
                    order.sortKey(row.getLong(1)),
                    TieKey.of(tieBreak, row.getLong(2))));
        }
        return stored;
    }
}
