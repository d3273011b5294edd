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
    /** $1 board, $2 period, $3 window, $4 metric; column 0 stands in every row: players; 1 to 6 are the entries. */
    private static final String HEAD = """
            WITH head AS (SELECT coalesce((SELECT players FROM board_window
                          WHERE board_id = $1 AND period = $2 AND window_key = $3), 0) AS players),
            final AS NOT MATERIALIZED (
                      SELECT * FROM final_standing
                      WHERE board_id = $1 AND period = $2 AND window_key = $3 AND metric = $4)
            """;

    private static final String ENTRIES =
            "SELECT head.players, page.position - 1, page.better, page.rank, page.player_id, page.score, page.reached_at";

    private static final String PAGE = HEAD + ENTRIES + """
             FROM head LEFT JOIN (SELECT * FROM final WHERE position > $5 ORDER BY position LIMIT $6) page ON true
            ORDER BY page.position""";

    private static final String AFTER = HEAD + ENTRIES + """
             FROM head LEFT JOIN (
                -- The place is nearly always somebody's, whose position is known; else it is counted.
                SELECT * FROM final
                WHERE position > coalesce(
                    (SELECT f.position FROM final f WHERE f.player_id = $9::text
                       AND f.score * $5::bigint = $7::bigint AND f.reached_at * $6::bigint = $8::bigint),
                    (SELECT count(*) FROM final f
                     WHERE (f.score * $5::bigint, f.reached_at * $6::bigint, f.player_id) <= ($7::bigint, $8::bigint, $9::text)))
                ORDER BY position LIMIT $10) page ON true
            ORDER BY page.position""";

    private static final String AROUND = HEAD + ENTRIES + """
            , own.position - 1, own.better,
                -- who has the same score stand in a row: as far as to the first worse one
                coalesce((SELECT n.position - 1 FROM final_standing n
                          WHERE n.board_id = $1 AND n.period = $2 AND n.window_key = $3 AND n.metric = $4
                            AND n.position > own.position AND n.better > own.better
                          ORDER BY n.position LIMIT 1), head.players) - own.better
            FROM head LEFT JOIN final own ON own.player_id = $5
            LEFT JOIN final page ON page.position BETWEEN own.position - $6::int AND own.position + $6::int
            ORDER BY page.position""";

    private static final String WITHIN = HEAD + ENTRIES + """
            , (SELECT count(*) FROM final WHERE score * $5::bigint BETWEEN $6 AND $7),
                (SELECT count(*) FROM final WHERE score * $5::bigint < $6) + $8::bigint
            FROM head LEFT JOIN (
                SELECT * FROM final WHERE score * $5::bigint BETWEEN $6 AND $7 ORDER BY position OFFSET $8 LIMIT $9) page
            ON true ORDER BY page.position""";

    private static final String PLACE = HEAD + """
            SELECT head.players, (SELECT count(*) FROM final WHERE score * $5::bigint < $6),
                (SELECT count(*) FROM final WHERE score * $5::bigint = $6),
                (SELECT count(DISTINCT score) FROM final WHERE score * $5::bigint < $6)
            FROM head""";

    private static final String QUANTILES = HEAD + ENTRIES + """
             FROM head CROSS JOIN unnest($5::integer[]) WITH ORDINALITY AS wanted(share, n)
            LEFT JOIN final page
                ON page.position = head.players - greatest(1, (wanted.share * head.players + 9999) / 10000) + 1
            ORDER BY wanted.n""";

    private static final String SELECT = HEAD + ENTRIES
            + " FROM head LEFT JOIN final page ON page.player_id = ANY ($5::text[]) ORDER BY page.position";

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
        long time = window.board().definition().tieBreak().factor();
        return run(AFTER, window, direction(window), time, place.sortKey(), place.tie(), place.playerId(), (long) limit)
                .map(rows -> stretch(rows, 0));
    }

    @Override
    public Uni<Place> around(WindowRef window, String playerId, int radius) {
        return run(AROUND, window, playerId, radius).map(ArchivedRankings::place);
    }

    @Override
    public Uni<Matching> within(WindowRef window, SortRange range, long offset, int limit) {
        return run(WITHIN, window, direction(window), range.best(), range.worst(), offset, (long) limit)
                .map(rows -> {
                    Row head = rows.iterator().next();
                    return new Matching(head.getLong(7), stretch(rows, head.getLong(8)));
                });
    }

    @Override
    public Uni<ScorePlace> place(WindowRef window, long sortKey) {
        return run(PLACE, window, direction(window), sortKey)
                .map(rows -> rows.iterator().next())
                .map(row -> new ScorePlace(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    @Override
    public Uni<Selection> quantiles(WindowRef window, List<Integer> shares) {
        return run(QUANTILES, window, (Object) shares.toArray(Integer[]::new)).map(ArchivedRankings::selection);
    }

    private static long direction(WindowRef window) {
        return window.board().definition().order().sortKey(1);
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
        arguments.add((short) window.metric());
        arguments.addAll(List.of(own));
        return bulkhead.run(sql.run(statement, arguments.toArray()));
    }

    private static Stretch stretch(RowSet<Row> rows, long emptyAt) {
        Row head = rows.iterator().next();
        if (head.getLong(1) == null) {
            return new Stretch(head.getLong(0), emptyAt, 0, 0, List.of());
        }
        List<Standing> standings = new ArrayList<>(rows.size());
        rows.forEach(row -> standings.add(standing(row)));
        // Where ranks are dense, the stored rank is what counts different scores.
        return new Stretch(head.getLong(0), head.getLong(1), head.getLong(2), head.getLong(3) - 1, standings);
    }

    private static Place place(RowSet<Row> rows) {
        Row head = rows.iterator().next();
        if (head.getLong(7) == null) {
            return Place.none(head.getLong(0));
        }
        return new Place(stretch(rows, 0), head.getLong(7), head.getLong(8), head.getLong(9));
    }

    private static Selection selection(RowSet<Row> rows) {
        List<Placed> placed = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getLong(1) != null) {
                placed.add(new Placed(standing(row), row.getLong(1), row.getLong(2), row.getLong(3) - 1));
            }
        }
        return new Selection(rows.iterator().next().getLong(0), placed);
    }

    private static Standing standing(Row row) {
        return new Standing(row.getString(4), row.getLong(5), row.getLong(6));
    }
}
