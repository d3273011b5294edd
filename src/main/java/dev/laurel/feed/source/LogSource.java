package dev.laurel.feed.source;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table whose rows carry the transaction that wrote them. Numbers are assigned before commits, so a later number may
 * become visible first: rows are read in the order of their transactions, and only those below the oldest one still
 * running. So no row committed late sorts before one already processed.
 */
final class LogSource<T extends FeedItem> implements Source<T> {
    /** The columns of an item begin after these. */
    static final int FIRST_COLUMN = 6;

    private static final String COLUMNS = """
            e.tx::text, e.id, e.tx < (SELECT tx FROM horizon), (extract(epoch FROM clock_timestamp() - e.%1$s) * 1000)::bigint,
            e.board_id, e.%1$s, %2$s""";

    /** Statements that the follower runs after it are planned as usual. */
    private static final String READ = """
            WITH horizon AS MATERIALIZED (SELECT feed_horizon() AS tx, %4$s)
            SELECT %2$s FROM %1$s e
            WHERE (e.board_id & 15) = $1 AND (e.tx, e.id) > ($2::text::xid8, $3)
              AND e.%3$s >= (SELECT f.since FROM follower f WHERE f.name = $4 AND f.shard = $1)%5$s
            ORDER BY e.tx, e.id LIMIT $5""";

    private static final String AFTER =
            " AND (e.tx, e.id) <= (SELECT f.tx, f.id FROM follower f WHERE f.name = $6 AND f.shard = $1)";

    private static final String ONE = """
            WITH horizon AS MATERIALIZED (SELECT feed_horizon() AS tx)
            SELECT %2$s FROM %1$s e
            WHERE (e.board_id & 15) = $1 & 15 AND e.tx = $2::text::xid8 AND e.id = $3 AND e.board_id = $1""";

    private static final String BEHIND = """
            (e.board_id & 15) = f.shard AND (e.tx, e.id) > (f.tx, f.id) AND e.%2$s >= f.since""";

    /** One item of each shard is looked for: a join with the whole table, which the planner may prefer, would read all of it. */
    private static final String PENDING = "SELECT f.name, f.shard FROM follower f CROSS JOIN LATERAL"
            + " (SELECT FROM %1$s e WHERE " + BEHIND + " ORDER BY e.tx, e.id LIMIT 1) AS due"
            + " WHERE f.name = ANY($1) AND coalesce(f.retry_at, '-infinity') <= now()";

    /** Counted up to a bound in each shard: for a longer lag the exact number does not matter. */
    private static final String LAG =
            "SELECT f.name, sum(l.items)::bigint, max(l.seconds) FROM follower f CROSS JOIN LATERAL"
                    + " (SELECT count(*) AS items, extract(epoch FROM clock_timestamp() - min(b.at))::bigint AS seconds FROM"
                    + " (SELECT e.%2$s AS at FROM %1$s e WHERE " + BEHIND + " ORDER BY e.tx, e.id LIMIT 10000) b) l"
                    + " WHERE f.name = ANY($1) GROUP BY f.name";

    /** Everything below the horizon is decided, so later items have a greater transaction. */
    private static final String NOW = "(feed_horizon()::text::bigint - 1)::text::xid8, 9223372036854775807";

    private static final String REGISTER = """
            INSERT INTO follower (name, feed, shard, tx, id, since)
            SELECT $1, $2, n, p.tx, p.id, coalesce($3::timestamptz, '-infinity')
            FROM generate_series(0, 15) AS n CROSS JOIN (%s) AS p(tx, id)
            WHERE NOT EXISTS (SELECT FROM follower f WHERE f.name = $1)
            ON CONFLICT DO NOTHING""";

    private static final String FROM_BEGINNING = REGISTER.formatted("SELECT '0'::xid8, 0");
    private static final String FROM_NOW = REGISTER.formatted("SELECT " + NOW);

    /** Just before the first item since then, if nothing still running can sort before it. */
    private static final String FROM_INSTANT = REGISTER.formatted("""
            SELECT q.tx, q.id FROM ((SELECT e.tx, e.id - 1 AS id FROM %1$s e WHERE e.%2$s >= $3 AND e.tx < feed_horizon()
                                     ORDER BY e.tx, e.id LIMIT 1)
                                    UNION ALL SELECT""" + " " + NOW + ") q LIMIT 1");

    private final Feed<T> feed;
    private final String read;
    private final String readAfter;
    private final String one;
    private final String pending;
    private final String lag;
    private final String fromInstant;
    private final Function<Row, T> item;

    /**
     * @param time column with the time of an item
     * @param columns of the item, read after board and time
     */
    LogSource(Feed<T> feed, String table, String time, String columns, Function<Row, T> item) {
        String selected = COLUMNS.formatted(time, columns);
        this.feed = feed;
        this.read = READ.formatted(table, selected, time, Plans.FREE, "");
        this.readAfter = READ.formatted(table, selected, time, Plans.FREE, AFTER);
        this.one = ONE.formatted(table, selected);
        this.pending = PENDING.formatted(table, time);
        this.lag = LAG.formatted(table, time);
        this.fromInstant = FROM_INSTANT.formatted(table, time);
        this.item = item;
    }

    @Override
    public Uni<Void> register(Sql sql, String follower, Start start) {
        String statement = start.isNow() ? FROM_NOW : start.instant() == null ? FROM_BEGINNING : fromInstant;
        Object since = start.instant() == null ? null : start.instant().atOffset(ZoneOffset.UTC);
        return sql.runForJob(statement, follower, feed.id(), since).replaceWithVoid();
    }

    @Override
    public Uni<Batch<T>> read(Statements transaction, Claim claim, int size, String after) {
        List<Object> arguments = new ArrayList<>(
                List.of(claim.shard(), claim.position().tx(), claim.position().id(), claim.follower(), (long) size));
        if (after != null) {
            arguments.add(after);
        }
        return transaction
                .run(after == null ? read : readAfter, arguments.toArray())
                .map(rows -> batch(rows, size));
    }

    private Batch<T> batch(RowSet<Row> rows, int size) {
        List<Placed<T>> decided = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getBoolean(2)) {
                decided.add(new Placed<>(
                        item.apply(row),
                        new Position(row.getString(0), row.getLong(1)),
                        Duration.ofMillis(row.getLong(3))));
            }
        }
        boolean held = decided.size() < rows.size();
        return new Batch<>(decided, decided.size() == size, held);
    }

    @Override
    public Uni<Void> move(Statements transaction, Claim claim, List<Placed<T>> done) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Position behind(Claim claim, List<Placed<T>> done) {
        return done.get(done.size() - 1).at();
    }

    @Override
    public Uni<T> one(Statements transaction, int boardId, Position at) {
        return transaction.run(one, boardId, at.tx(), at.id()).map(rows -> {
            var found = rows.iterator();
            return found.hasNext() ? item.apply(found.next()) : null;
        });
    }

    @Override
    public String pending() {
        return pending;
    }

    @Override
    public String lag() {
        return lag;
    }
}
