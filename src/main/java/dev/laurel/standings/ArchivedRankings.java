package dev.laurel.standings;

import dev.laurel.platform.Bulkhead;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** Final rankings of closed windows. They never change, so their places are stored, not counted. */
@ApplicationScoped
class ArchivedRankings implements RankingSource {
    /** $1 board, $2 period, $3 window; column 0 stands in every row: players; 1 to 5 are the entries. */
    private static final String HEAD = """
            WITH head AS (SELECT coalesce((SELECT players FROM board_window
                          WHERE board_id = $1 AND period = $2 AND window_key = $3), 0) AS players),
            final AS (SELECT * FROM final_standing WHERE board_id = $1 AND period = $2 AND window_key = $3)
            """;

    private static final String ENTRIES =
            "SELECT head.players, page.position - 1, page.better, page.player_id, page.score, page.reached_at";

    private static final String PAGE = HEAD + ENTRIES + """
             FROM head LEFT JOIN (SELECT * FROM final WHERE position > $4 ORDER BY position LIMIT $5) page ON true
            ORDER BY page.position""";

    private static final String AFTER = HEAD + ENTRIES + """
             FROM head LEFT JOIN (
                SELECT * FROM final WHERE (score * $4::bigint, reached_at, player_id) > ($5::bigint, $6::bigint, $7::text)
                ORDER BY position LIMIT $8) page ON true
            ORDER BY page.position""";

    private static final String AROUND = HEAD + ENTRIES + """
            , own.position - 1, own.better,
                (SELECT count(*) FROM final WHERE position > own.better AND better = own.better)
            FROM head LEFT JOIN final own ON own.player_id = $4
            LEFT JOIN final page ON page.position BETWEEN own.position - $5::int AND own.position + $5::int
            ORDER BY page.position""";

    private static final String SELECT = HEAD + ENTRIES
            + " FROM head LEFT JOIN final page ON page.player_id = ANY ($4::text[]) ORDER BY page.position";

    private final Sql sql;
    private final Bulkhead bulkhead;

    ArchivedRankings(Sql sql, StandingsConfig config) {
        this.sql = sql;
        this.bulkhead = new Bulkhead(
                config.archivedReads(),
                config.archivedReadsWaiting(),
                "PostgreSQL has as many closed rankings to read as it can take");
    }

    @Override
    public Source source() {
        return Source.ARCHIVE;
    }

    @Override
    public Uni<Stretch> page(WindowRef window, long offset, int limit) {
        return run(PAGE, window, offset, (long) limit).map(rows -> stretch(rows, offset));
    }

    @Override
    public Uni<Stretch> after(WindowRef window, OrderKey place, int limit) {
        long direction = window.board().definition().order().sortKey(1);
        return run(AFTER, window, direction, place.sortKey(), place.reachedAt(), place.playerId(), (long) limit)
                .map(rows -> stretch(rows, 0));
    }

    @Override
    public Uni<Place> around(WindowRef window, String playerId, int radius) {
        return run(AROUND, window, playerId, radius).map(ArchivedRankings::place);
    }

    @Override
    public Uni<Selection> select(WindowRef window, List<String> playerIds) {
        return run(SELECT, window, (Object) playerIds.toArray(String[]::new)).map(ArchivedRankings::selection);
    }

    private Uni<RowSet<Row>> run(String statement, WindowRef window, Object... own) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(window.board().id());
        arguments.add(window.period().code());
        arguments.add(window.key());
        arguments.addAll(List.of(own));
        return bulkhead.run(sql.run(statement, arguments.toArray()));
    }

    private static Stretch stretch(RowSet<Row> rows, long emptyAt) {
        Row head = rows.iterator().next();
        if (head.getLong(1) == null) {
            return new Stretch(head.getLong(0), emptyAt, 0, List.of());
        }
        List<Standing> standings = new ArrayList<>(rows.size());
        rows.forEach(row -> standings.add(standing(row)));
        return new Stretch(head.getLong(0), head.getLong(1), head.getLong(2), standings);
    }

    private static Place place(RowSet<Row> rows) {
        Row head = rows.iterator().next();
        if (head.getLong(6) == null) {
            return Place.none(head.getLong(0));
        }
        return new Place(stretch(rows, 0), head.getLong(6), head.getLong(7), head.getLong(8));
    }

    private static Selection selection(RowSet<Row> rows) {
        List<Placed> placed = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getLong(1) != null) {
                placed.add(new Placed(standing(row), row.getLong(1), row.getLong(2)));
            }
        }
        return new Selection(rows.iterator().next().getLong(0), placed);
    }

    private static Standing standing(Row row) {
        return new Standing(row.getString(3), row.getLong(4), row.getLong(5));
    }
}
