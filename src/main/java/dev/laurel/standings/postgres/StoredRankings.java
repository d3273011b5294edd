package dev.laurel.standings.postgres;

import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.ScorePlace;
import dev.laurel.standings.rank.ScoreRangeSlice;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.ArrayList;
import java.util.List;

/** Rankings whose places are stored rather than counted: they do not change. */
abstract class StoredRankings implements RankingSource {
    private final Source source;
    private final StoredRankingSql statements;
    private final Sql sql;
    private final Bulkhead bulkhead;

    StoredRankings(Source source, StoredRankingSql statements, Sql sql, Bulkhead bulkhead) {
        this.source = source;
        this.statements = statements;
        this.sql = sql;
        this.bulkhead = bulkhead;
    }

    @Override
    public Source source() {
        return source;
    }

    /** The number of the freeze whose snapshot is read; 0 for none. */
    abstract int freeze(WindowRef window);

    @Override
    public Uni<RankingSlice> page(WindowRef window, long offset, int limit) {
        return run(statements.page(), window, offset, (long) limit).map(rows -> slice(rows, offset));
    }

    @Override
    public Uni<RankingSlice> after(WindowRef window, OrderKey place, int limit) {
        long time = window.board().definition().tieBreak().factor();
        return run(
                        statements.after(),
                        window,
                        direction(window),
                        time,
                        place.sortKey(),
                        place.tie(),
                        place.playerId(),
                        (long) limit)
                .map(rows -> slice(rows, 0));
    }

    @Override
    public Uni<Place> around(WindowRef window, String playerId, int radius) {
        return run(statements.around(), window, playerId, radius).map(StoredRankings::place);
    }

    @Override
    public Uni<ScoreRangeSlice> within(WindowRef window, SortRange range, long offset, int limit) {
        return run(statements.within(), window, direction(window), range.best(), range.worst(), offset, (long) limit)
                .map(rows -> {
                    Row head = rows.iterator().next();
                    return new ScoreRangeSlice(head.getLong(7), slice(rows, head.getLong(8)));
                });
    }

    @Override
    public Uni<ScorePlace> place(WindowRef window, long sortKey) {
        return run(statements.place(), window, direction(window), sortKey)
                .map(rows -> rows.iterator().next())
                .map(row -> new ScorePlace(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    @Override
    public Uni<Selection> quantiles(WindowRef window, List<Integer> shares) {
        return run(statements.quantiles(), window, (Object) shares.toArray(Integer[]::new))
                .map(StoredRankings::selection);
    }

    private static long direction(WindowRef window) {
        return window.board().definition().order().sortKey(1);
    }

    @Override
    public Uni<Selection> select(WindowRef window, List<String> playerIds) {
        return run(statements.select(), window, (Object) playerIds.toArray(String[]::new))
                .map(StoredRankings::selection);
    }

    private Uni<RowSet<Row>> run(String statement, WindowRef window, Object... own) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(window.board().id());
        arguments.add(window.period().code());
        arguments.add(window.key());
        arguments.add((short) window.metric());
        arguments.add(freeze(window));
        arguments.addAll(List.of(own));
        return bulkhead.run(sql.run(statement, arguments.toArray()));
    }

    private static RankingSlice slice(RowSet<Row> rows, long emptyAt) {
        return RankingSlice.of(rows.iterator().next().getLong(0), placed(rows), emptyAt);
    }

    private static Place place(RowSet<Row> rows) {
        Row head = rows.iterator().next();
        if (head.getLong(7) == null) {
            return Place.none(head.getLong(0));
        }
        return new Place(slice(rows, 0), head.getLong(7), head.getLong(8), head.getLong(9));
    }

    private static Selection selection(RowSet<Row> rows) {
        return new Selection(rows.iterator().next().getLong(0), placed(rows));
    }

    private static List<Placed> placed(RowSet<Row> rows) {
        List<Placed> placed = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getLong(1) != null) {
                // Where ranks are dense, the stored rank is the number of distinct scores.
                placed.add(new Placed(standing(row), row.getLong(1), row.getLong(2), row.getLong(3) - 1));
            }
        }
        return placed;
    }

    private static Standing standing(Row row) {
        return new Standing(row.getString(4), row.getLong(5), row.getLong(6));
    }
}
