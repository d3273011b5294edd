package dev.laurel.feed.source;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The closed windows. A board numbers its closings without gaps, and they become visible in the order of their numbers,
 * so the cursor is the last number of each board.
 */
final class ClosingSource implements Source<ClosedWindow> {
    private static final String COLUMNS = """
            w.closing_no, w.board_id, w.closed_at, b.name, w.period, w.window_key, w.window_id, w.closed_by, w.players,
            (extract(epoch FROM clock_timestamp() - w.closed_at) * 1000)::bigint""";

    /** The closings of a board after its cursor; $since is that of the follower. */
    private static final String BEHIND = """
            JOIN board b ON (b.id & 15) = f.shard AND b.deleted_at IS NULL
            LEFT JOIN follower_closing c ON c.name = f.name AND c.board_id = b.id
            JOIN board_window w ON w.board_id = b.id AND w.closing_no > coalesce(c.closing_no, 0) AND w.closed_at >= f.since
                AND b.closings > coalesce(c.closing_no, 0)
            """;

    private static final String READ = "SELECT " + COLUMNS + " FROM follower f " + BEHIND
            + " WHERE f.name = $1 AND f.shard = $2 ORDER BY w.board_id, w.closing_no LIMIT $3";

    private static final String ONE = "SELECT " + COLUMNS
            + " FROM board_window w JOIN board b ON b.id = w.board_id WHERE w.board_id = $1 AND w.closing_no = $2";

    private static final String MOVE = """
            INSERT INTO follower_closing (name, board_id, closing_no) SELECT $1, t.* FROM unnest($2::integer[], $3::bigint[]) AS t
            ON CONFLICT (name, board_id) DO UPDATE SET closing_no = excluded.closing_no""";

    private static final String PENDING = "SELECT DISTINCT f.name, f.shard FROM follower f " + BEHIND
            + " WHERE f.name = ANY($1) AND coalesce(f.retry_at, '-infinity') <= now()";

    private static final String LAG = "SELECT f.name, count(w.closing_no),"
            + " extract(epoch FROM clock_timestamp() - min(w.closed_at))::bigint FROM follower f " + BEHIND
            + " WHERE f.name = ANY($1) GROUP BY f.name";

    private static final String REGISTER = """
            WITH fresh AS (
                INSERT INTO follower (name, feed, shard, tx, id, since)
                SELECT $1, $2, n, '0', 0, coalesce($3::timestamptz, '-infinity') FROM generate_series(0, 15) AS n
                WHERE NOT EXISTS (SELECT FROM follower f WHERE f.name = $1)
                ON CONFLICT DO NOTHING RETURNING shard)
            INSERT INTO follower_closing (name, board_id, closing_no)
            SELECT $1, b.id, b.closings FROM board b
            WHERE $4 AND b.closings > 0 AND (b.id & 15) IN (SELECT shard FROM fresh)
            ON CONFLICT DO NOTHING""";

    @Override
    public Uni<Void> register(Sql sql, String follower, Start start) {
        Object since = start.instant() == null ? null : start.instant().atOffset(ZoneOffset.UTC);
        return sql.runForJob(REGISTER, follower, Feed.CLOSINGS.id(), since, start.isNow())
                .replaceWithVoid();
    }

    @Override
    public Uni<Batch<ClosedWindow>> read(Statements transaction, Claim claim, int size, String after) {
        return transaction
                .run(READ, claim.follower(), claim.shard(), (long) size)
                .map(rows -> batch(rows, size));
    }

    private static Batch<ClosedWindow> batch(RowSet<Row> rows, int size) {
        List<Placed<ClosedWindow>> found = new ArrayList<>(rows.size());
        rows.forEach(row -> found.add(new Placed<>(
                window(row), new Position("0", row.getLong(0)), Duration.ofMillis(Math.max(0, row.getLong(9))))));
        return new Batch<>(found, found.size() == size, false);
    }

    private static ClosedWindow window(Row row) {
        return new ClosedWindow(
                row.getInteger(1),
                row.getString(3),
                row.getLong(0),
                Period.ofCode(row.getShort(4)),
                row.getLong(5),
                row.getString(6),
                "RESET".equals(row.getString(7)),
                row.getLong(8),
                row.getOffsetDateTime(2).toInstant());
    }

    @Override
    public Uni<Void> move(Statements transaction, Claim claim, List<Placed<ClosedWindow>> done) {
        Map<Integer, Long> last = new TreeMap<>();
        done.forEach(one -> last.put(one.item().boardId(), one.at().id()));
        return transaction
                .run(
                        MOVE,
                        claim.follower(),
                        last.keySet().toArray(Integer[]::new),
                        last.values().toArray(Long[]::new))
                .replaceWithVoid();
    }

    /** The numbers of the boards are stored separately. */
    @Override
    public Position behind(Claim claim, List<Placed<ClosedWindow>> done) {
        return claim.position();
    }

    @Override
    public Uni<ClosedWindow> one(Statements transaction, int boardId, Position at) {
        return transaction.run(ONE, boardId, at.id()).map(rows -> {
            var found = rows.iterator();
            return found.hasNext() ? window(found.next()) : null;
        });
    }

    @Override
    public String pending() {
        return PENDING;
    }

    @Override
    public String lag() {
        return LAG;
    }
}
