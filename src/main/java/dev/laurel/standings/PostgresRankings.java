package dev.laurel.standings;

import dev.laurel.board.SortOrder;
import dev.laurel.platform.Bulkhead;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Rankings of open windows computed by PostgreSQL, for when Redis cannot answer. Costs a sort of the window's players:
 * some tens of milliseconds for 100,000.
 */
@ApplicationScoped
class PostgresRankings implements RankingSource {
    /** $1 board, $2 window, $3 direction of the sort key, $4 period; `live` holds the window's standings. */
    private static final String LIVE = """
            WITH live AS MATERIALIZED (
                SELECT player_id, %1$s_score * $3::bigint AS sort, %1$s_at AS at
                FROM standing WHERE board_id = $1 AND %1$s_window = $2
                UNION ALL
                SELECT player_id, score * $3::bigint, reached_at
                FROM window_standing WHERE board_id = $1 AND period = $4 AND window_key = $2
            ), state AS (
                SELECT coalesce((SELECT state FROM board_window
                                 WHERE board_id = $1 AND period = $4 AND window_key = $2), 'OPEN') AS state
            )""";

    /** Columns 0 to 2 stand in every row: state, players, players better than the first; 3 to 5 are the entries. */
    private static final String PAGE = LIVE + """
            , page AS (SELECT * FROM live ORDER BY sort, at, player_id OFFSET $5 LIMIT $6)
            SELECT state.state, (SELECT count(*) FROM live),
                (SELECT count(*) FROM live WHERE sort < (SELECT min(sort) FROM page)),
                page.player_id, page.sort, page.at, $5::bigint
            FROM state LEFT JOIN page ON true ORDER BY page.sort, page.at, page.player_id""";

    private static final String AFTER = LIVE + """
            , page AS (SELECT * FROM live WHERE (sort, at, player_id) > ($5::bigint, $6::bigint, $7::text)
                       ORDER BY sort, at, player_id LIMIT $8)
            SELECT state.state, (SELECT count(*) FROM live),
                (SELECT count(*) FROM live WHERE sort < (SELECT min(sort) FROM page)),
                page.player_id, page.sort, page.at,
                (SELECT count(*) FROM live WHERE (sort, at, player_id) <= ($5::bigint, $6::bigint, $7::text))
            FROM state LEFT JOIN page ON true ORDER BY page.sort, page.at, page.player_id""";

    private static final String AROUND = LIVE + """
            , own AS (SELECT * FROM live WHERE player_id = $5),
            place AS (
                SELECT count(*) FILTER (WHERE (l.sort, l.at, l.player_id) < (own.sort, own.at, own.player_id)) AS position,
                    count(*) FILTER (WHERE l.sort < own.sort) AS better,
                    count(*) FILTER (WHERE l.sort = own.sort) AS equal
                FROM own CROSS JOIN live l HAVING count(*) > 0),
            page AS (
                (SELECT live.* FROM live, own WHERE (live.sort, live.at, live.player_id) < (own.sort, own.at, own.player_id)
                 ORDER BY live.sort DESC, live.at DESC, live.player_id DESC LIMIT $6::int)
                UNION ALL
                (SELECT live.* FROM live, own WHERE (live.sort, live.at, live.player_id) >= (own.sort, own.at, own.player_id)
                 ORDER BY live.sort, live.at, live.player_id LIMIT $6::int + 1))
            SELECT state.state, (SELECT count(*) FROM live),
                (SELECT count(*) FROM live WHERE sort < (SELECT min(sort) FROM page)),
                page.player_id, page.sort, page.at,
                greatest(0, place.position - $6::int), place.position, place.better, place.equal
            FROM state LEFT JOIN place ON true LEFT JOIN page ON true
            ORDER BY page.sort, page.at, page.player_id""";

    private static final String SELECT = LIVE + """
            , ranked AS (
                SELECT *, row_number() OVER (ORDER BY sort, at, player_id) - 1 AS position,
                    rank() OVER (ORDER BY sort) - 1 AS better
                FROM live),
            chosen AS (SELECT * FROM ranked WHERE player_id = ANY ($5::text[]))
            SELECT state.state, (SELECT count(*) FROM live), NULL, chosen.player_id, chosen.sort, chosen.at,
                chosen.position, chosen.better
            FROM state LEFT JOIN chosen ON true ORDER BY chosen.position""";

    private final Sql sql;
    private final Bulkhead bulkhead;
    private final Map<Period, Statements> statements = new EnumMap<>(Period.class);

    PostgresRankings(Sql sql, StandingsConfig config) {
        this.sql = sql;
        // While PostgreSQL sorts, the windows it sorts for are not loaded: these have at least as much of the time.
        this.bulkhead = Bulkhead.resting(
                config.degradedReads().orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
                config.degradedReadsWaiting(),
                "Redis is away, and PostgreSQL has as many rankings to sort as it can take");
        for (Period period : Period.values()) {
            String slot = Slot.of(period);
            statements.put(
                    period,
                    new Statements(
                            PAGE.formatted(slot),
                            AFTER.formatted(slot),
                            AROUND.formatted(slot),
                            SELECT.formatted(slot)));
        }
    }

    @Override
    public Source source() {
        return Source.POSTGRES;
    }

    @Override
    public Uni<Stretch> page(WindowRef window, long offset, int limit) {
        return run(window, statements.get(window.period()).page(), offset, (long) limit)
                .map(rows -> stretch(window, rows));
    }

    @Override
    public Uni<Stretch> after(WindowRef window, OrderKey place, int limit) {
        return run(
                        window,
                        statements.get(window.period()).after(),
                        place.sortKey(),
                        place.reachedAt(),
                        place.playerId(),
                        (long) limit)
                .map(rows -> stretch(window, rows));
    }

    @Override
    public Uni<Place> around(WindowRef window, String playerId, int radius) {
        return run(window, statements.get(window.period()).around(), playerId, radius)
                .map(rows -> place(window, rows));
    }

    @Override
    public Uni<Selection> select(WindowRef window, List<String> playerIds) {
        return run(window, statements.get(window.period()).select(), (Object) playerIds.toArray(String[]::new))
                .map(rows -> selection(window, rows));
    }

    private Uni<RowSet<Row>> run(WindowRef window, String statement, Object... own) {
        SortOrder order = window.board().definition().order();
        List<Object> arguments = new ArrayList<>();
        arguments.add(window.board().id());
        arguments.add(window.key());
        arguments.add(order.sortKey(1));
        arguments.add(window.period().code());
        arguments.addAll(List.of(own));
        return bulkhead.run(sql.run(statement, arguments.toArray())).invoke(PostgresRankings::requireLive);
    }

    private static void requireLive(RowSet<Row> rows) {
        if (WindowState.CLOSED.name().equals(rows.iterator().next().getString(0))) {
            throw new WindowMoved();
        }
    }

    private static Stretch stretch(WindowRef window, RowSet<Row> rows) {
        Row first = rows.iterator().next();
        List<Standing> standings = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getString(3) != null) {
                standings.add(standing(window, row));
            }
        }
        long position = first.getLong(6) == null ? 0 : first.getLong(6);
        return new Stretch(first.getLong(1), position, first.getLong(2), standings);
    }

    private static Place place(WindowRef window, RowSet<Row> rows) {
        Row first = rows.iterator().next();
        if (first.getLong(7) == null) {
            return Place.none(first.getLong(1));
        }
        return new Place(stretch(window, rows), first.getLong(7), first.getLong(8), first.getLong(9));
    }

    private static Selection selection(WindowRef window, RowSet<Row> rows) {
        List<Placed> placed = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getString(3) != null) {
                placed.add(new Placed(standing(window, row), row.getLong(6), row.getLong(7)));
            }
        }
        return new Selection(rows.iterator().next().getLong(1), placed);
    }

    private static Standing standing(WindowRef window, Row row) {
        SortOrder order = window.board().definition().order();
        return new Standing(row.getString(3), order.score(row.getLong(4)), row.getLong(5));
    }

    private record Statements(String page, String after, String around, String select) {}
}
