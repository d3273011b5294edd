package dev.laurel.standings.postgres;

import dev.laurel.board.RankMode;
import dev.laurel.board.SortOrder;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.postgres.PostgresRankingSql.Shape;
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
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowMoved;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rankings computed by PostgreSQL: of open windows when Redis cannot serve them, and of past rolling windows. Costs a
 * sort of the window's players: some tens of milliseconds for 100,000.
 */
@ApplicationScoped
public class PostgresRankings implements SqlSource {
    /** Longer than a ranking takes while its windows are being reloaded; a client would hardly wait longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** An id that no player has; stands for the place of a player without a standing. */
    private static final String NOBODY = "";

    private final Sql sql;
    private final CoalescedReads<Question, String, RowSet<Row>> questions =
            new CoalescedReads<>(PATIENCE, ComputedBounds.BUSY);
    private final CoalescedReads<Question, String, Map<String, Place>> players =
            new CoalescedReads<>(PATIENCE, ComputedBounds.BUSY);
    private final ComputedBounds bounds;
    private final RollingWindows rolling;
    private final Map<Shape, PostgresRankingSql> statements = new ConcurrentHashMap<>();

    PostgresRankings(Sql sql, RollingWindows rolling, StandingsConfig config) {
        this.sql = sql;
        this.bounds = new ComputedBounds(config);
        this.rolling = rolling;
    }

    @Override
    public Source source() {
        return Source.POSTGRES;
    }

    @Override
    public Uni<RankingSlice> page(RankingRef ranking, long offset, int limit) {
        return run(ranking, statements(ranking).page(), offset, (long) limit).map(rows -> slice(ranking, rows));
    }

    @Override
    public Uni<RankingSlice> after(RankingRef ranking, OrderKey place, int limit) {
        return run(ranking, statements(ranking).after(), place.sortKey(), place.tie(), place.playerId(), (long) limit)
                .map(rows -> slice(ranking, rows));
    }

    @Override
    public Uni<Place> around(RankingRef ranking, String playerId, int radius) {
        return radius == 0
                ? placeOf(ranking, playerId)
                : run(ranking, statements(ranking).around(), playerId, radius).map(rows -> place(ranking, rows));
    }

    /**
     * Ranks together with the other players requested meanwhile: sorting for all takes little longer than counting for
     * one.
     */
    private Uni<Place> placeOf(RankingRef ranking, String playerId) {
        PostgresRankingSql statements = statements(ranking);
        List<Object> arguments = RankingArguments.of(ranking);
        return players.ask(
                        bulkhead(ranking),
                        new Question(statements.places(), arguments),
                        playerId,
                        ids -> ids.size() == 1
                                ? sql.run(statements.around(), RankingArguments.with(arguments, playerId, 0))
                                        .invoke(PostgresRankings::requireLive)
                                        .map(rows -> Map.of(playerId, place(ranking, rows)))
                                : sql.run(statements.places(), RankingArguments.with(arguments, (Object)
                                                ids.toArray(String[]::new)))
                                        .invoke(PostgresRankings::requireLive)
                                        .map(rows -> places(ranking, rows)))
                .map(places -> places.getOrDefault(playerId, places.get(NOBODY)));
    }

    @Override
    public Uni<ScoreRangeSlice> within(RankingRef ranking, SortRange range, long offset, int limit) {
        return run(ranking, statements(ranking).within(), range.best(), range.worst(), offset, (long) limit)
                .map(rows -> new ScoreRangeSlice(rows.iterator().next().getLong(8), slice(ranking, rows)));
    }

    @Override
    public Uni<ScorePlace> place(RankingRef ranking, long sortKey) {
        return run(ranking, statements(ranking).place(), sortKey)
                .map(rows -> rows.iterator().next())
                .map(row -> new ScorePlace(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
    }

    @Override
    public Uni<Selection> quantiles(RankingRef ranking, List<Integer> shares) {
        return run(ranking, statements(ranking).quantiles(), (Object) shares.toArray(Integer[]::new))
                .map(rows -> selection(ranking, rows));
    }

    @Override
    public Uni<Selection> select(RankingRef ranking, List<String> playerIds) {
        return run(ranking, statements(ranking).select(), (Object) playerIds.toArray(String[]::new))
                .map(rows -> selection(ranking, rows));
    }

    @Override
    public Uni<RowSet<Row>> over(RankingRef ranking, String statement, Object... own) {
        String text = shape(ranking).over(numbered(statement, ranking, own.length));
        return run(rolling.inRedis(ranking.window()) ? bounds.ofGroups() : bounds.ofDays(), ranking, text, own);
    }

    @Override
    public Uni<RowSet<Row>> joined(RankingRef ranking, MetricJoin join, Object... own) {
        String text = numbered(MetricJoinSql.of(join, ranking), ranking, own.length);
        return run(rolling.inRedis(ranking.window()) ? bounds.ofTiers() : bounds.ofDays(), ranking, text, own);
    }

    /** A rolling window is put together from the days of the players alone. */
    @Override
    public Uni<List<Standing>> standings(RankingRef ranking, List<String> playerIds) {
        String text = shape(ranking).ofPlayers(numbered(STANDINGS, ranking, 1));
        return run(bounds.ofGroups(), ranking, text, (Object) playerIds.toArray(String[]::new))
                .map(rows -> SqlSource.standings(ranking.board().definition().order(), rows));
    }

    private PostgresRankingSql statements(RankingRef ranking) {
        return statements.computeIfAbsent(shape(ranking), PostgresRankingSql::of);
    }

    private static String numbered(String statement, RankingRef ranking, int own) {
        return SqlSource.numbered(statement, RankingArguments.of(ranking).size(), own);
    }

    private static Shape shape(RankingRef ranking) {
        return new Shape(Slot.of(ranking), ranking.board().definition().rankMode() == RankMode.DENSE);
    }

    private Uni<RowSet<Row>> run(RankingRef ranking, String statement, Object... own) {
        return run(bulkhead(ranking), ranking, statement, own);
    }

    private Uni<RowSet<Row>> run(Bulkhead room, RankingRef ranking, String statement, Object... own) {
        Object[] arguments = RankingArguments.with(RankingArguments.of(ranking), own);
        Question question = new Question(statement, List.of(arguments));
        return questions
                .ask(room, question, statement, ignored -> sql.run(statement, arguments))
                .invoke(PostgresRankings::requireLive);
    }

    private Bulkhead bulkhead(RankingRef ranking) {
        return rolling.inRedis(ranking.window()) ? bounds.sorted() : bounds.ofDays();
    }

    private static void requireLive(RowSet<Row> rows) {
        if (WindowState.CLOSED.name().equals(rows.iterator().next().getString(0))) {
            throw new WindowMoved();
        }
    }

    private static RankingSlice slice(RankingRef ranking, RowSet<Row> rows) {
        Row first = rows.iterator().next();
        List<Standing> standings = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getString(4) != null) {
                standings.add(standing(ranking, row));
            }
        }
        long position = first.getLong(7) == null ? 0 : first.getLong(7);
        return new RankingSlice(first.getLong(1), position, first.getLong(2), first.getLong(3), standings);
    }

    private static Place place(RankingRef ranking, RowSet<Row> rows) {
        Row first = rows.iterator().next();
        if (first.getLong(8) == null) {
            return Place.none(first.getLong(1));
        }
        return new Place(slice(ranking, rows), first.getLong(8), first.getLong(9), first.getLong(10));
    }

    private static Map<String, Place> places(RankingRef ranking, RowSet<Row> rows) {
        Map<String, Place> places = new HashMap<>();
        for (Row row : rows) {
            long total = row.getLong(1);
            if (row.getString(4) == null) {
                continue;
            }
            Standing own = standing(ranking, row);
            RankingSlice slice = new RankingSlice(total, row.getLong(7), row.getLong(8), row.getLong(9), List.of(own));
            places.put(own.playerId(), new Place(slice, row.getLong(7), row.getLong(8), row.getLong(10)));
        }
        places.put(NOBODY, Place.none(rows.iterator().next().getLong(1)));
        return places;
    }

    private static Selection selection(RankingRef ranking, RowSet<Row> rows) {
        List<Placed> placed = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getString(4) != null) {
                placed.add(new Placed(standing(ranking, row), row.getLong(7), row.getLong(8), row.getLong(9)));
            }
        }
        return new Selection(rows.iterator().next().getLong(1), placed);
    }

    private static Standing standing(RankingRef ranking, Row row) {
        SortOrder order = ranking.board().definition().order();
        return new Standing(row.getString(4), order.score(row.getLong(5)), row.getLong(6));
    }

    /** A query to PostgreSQL; one result may serve all callers waiting for the same query. */
    private record Question(String statement, List<Object> arguments) {}
}
