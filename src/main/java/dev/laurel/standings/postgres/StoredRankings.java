package dev.laurel.standings.postgres;

import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.ScorePlace;
import dev.laurel.standings.rank.ScoreRangeSlice;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.SqlSource;
import dev.laurel.standings.rank.SqlSource.MetricJoin;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.ArrayList;
import java.util.List;

/** Rankings whose places are stored rather than counted: they do not change. */
abstract class StoredRankings implements SqlSource {
    /** Of every statement. */
    private static final int FIXED_ARGUMENTS = 5;

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
    abstract int freeze(RankingRef ranking);

    @Override
    public Uni<RankingSlice> page(RankingRef ranking, long offset, int limit) {
        return run(statements.page(), ranking, offset, (long) limit).map(rows -> slice(rows, offset));
    }

    @Override
    public Uni<RankingSlice> after(RankingRef ranking, OrderKey place, int limit) {
        long time = ranking.board().definition().tieBreak().factor();
        return run(
                        statements.after(),
                        ranking,
                        direction(ranking),
                        time,
                        place.sortKey(),
                        place.tie(),
                        place.playerId(),
                        (long) limit)
                .map(rows -> slice(rows, 0));
    }

    @Override
    public Uni<Place> around(RankingRef ranking, String playerId, int radius) {
        return run(statements.around(), ranking, playerId, radius).map(StoredRankings::place);
    }

    @Override
    public Uni<ScoreRangeSlice> within(RankingRef ranking, SortRange range, long offset, int limit) {
        return run(statements.within(), ranking, direction(ranking), range.best(), range.worst(), offset, (long) limit)
                .map(rows -> {
                    Row head = rows.iterator().next();
                    return new ScoreRangeSlice(head.getLong(7), slice(rows, head.getLong(8)));
                });
    }

    @Override
    public Uni<ScorePlace> place(RankingRef ranking, long sortKey) {
        return run(statements.place(), ranking, direction(ranking), sortKey)
                .map(rows -> rows.iterator().next())
                .map(row -> new ScorePlace(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    @Override
    public Uni<Selection> quantiles(RankingRef ranking, List<Integer> shares) {
        return run(statements.quantiles(), ranking, (Object) shares.toArray(Integer[]::new))
                .map(StoredRankings::selection);
    }

    private static long direction(RankingRef ranking) {
        return ranking.board().definition().order().sortKey(1);
    }

    @Override
    public Uni<Selection> select(RankingRef ranking, List<String> playerIds) {
        return run(statements.select(), ranking, (Object) playerIds.toArray(String[]::new))
                .map(StoredRankings::selection);
    }

    @Override
    public Uni<RowSet<Row>> over(RankingRef ranking, String statement, Object... own) {
        return runOwn(statements.over(statement), ranking, own);
    }

    @Override
    public Uni<RowSet<Row>> joined(RankingRef ranking, MetricJoin join, Object... own) {
        return runOwn(statements.joined(join), ranking, own);
    }

    private Uni<RowSet<Row>> runOwn(String statement, RankingRef ranking, Object... own) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(direction(ranking));
        arguments.add(ranking.board().definition().tieBreak().factor());
        arguments.addAll(List.of(own));
        return run(SqlSource.numbered(statement, FIXED_ARGUMENTS + 2, own.length), ranking, arguments.toArray());
    }

    private Uni<RowSet<Row>> run(String statement, RankingRef ranking, Object... own) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(ranking.board().id());
        arguments.add(ranking.period().code());
        arguments.add(ranking.key());
        arguments.add((short) ranking.metric());
        arguments.add(freeze(ranking));
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
