package dev.laurel.standings.audit;

import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Records in PostgreSQL up to which change a window is known to be equal in both stores, and how far its complete walk has come. */
@ApplicationScoped
class RestingAudits {
    /** Windows looked at in one run: about a second of this process. */
    private static final int MAX_WINDOWS = 5_000;

    private static final String CLAIM = """
            -- After a fail-over, or restored from a backup, the server may have gone back in time, with what is noted here.
            WITH server AS MATERIALIZED (
                SELECT c.system_identifier || '/' || p.timeline_id || '/' || d.oid AS id
                FROM pg_control_system() c, pg_control_checkpoint() p, pg_database d WHERE d.datname = current_database()),
            due AS (
                SELECT w.board_id, w.period, w.window_key, w.window_id, w.start_at, w.end_at, w.state, b.name, b.tenant_id,
                       CASE WHEN a.seen_in = s.id THEN a.seen_tx END AS seen_tx, a.sizes, a.compared, a.walk, a.walked_at, a.begun_at, a.audited_at
                FROM board_window w
                JOIN board b ON b.id = w.board_id AND b.deleted_at IS NULL
                CROSS JOIN server s
                LEFT JOIN window_audit a
                    ON a.board_id = w.board_id AND a.period = w.period AND a.window_key = w.window_key
                WHERE w.state = 'OPEN' AND ($3::integer IS NULL OR w.board_id = $3)
                  -- what an import writes is shown at its end
                  AND NOT EXISTS (
                      SELECT FROM import_job j WHERE j.board_id = w.board_id AND j.state IN ('RUNNING', 'UNDOING'))
                  AND (a.begun_at IS NULL OR a.begun_at <= now() - $1::bigint * interval '1 millisecond')
                  AND (a.busy_until IS NULL OR a.busy_until < now())
                ORDER BY a.begun_at NULLS FIRST, w.board_id, w.period, w.window_key LIMIT $2),
            claimed AS (
                INSERT INTO window_audit AS a (board_id, period, window_key, begun_at, busy_until)
                SELECT d.board_id, d.period, d.window_key, now(), now() + interval '10 minutes'
                FROM due d
                ORDER BY 1, 2, 3
                ON CONFLICT (board_id, period, window_key)
                DO UPDATE SET begun_at = excluded.begun_at, busy_until = excluded.busy_until
                -- another process may have been quicker
                WHERE a.begun_at <= now() - $1::bigint * interval '1 millisecond'
                  AND (a.busy_until IS NULL OR a.busy_until < now())
                RETURNING a.board_id, a.period, a.window_key)
            SELECT d.period, d.window_key, d.window_id, d.start_at, d.end_at, d.state, d.name, d.board_id, d.tenant_id,
                   d.seen_tx::text, d.sizes, coalesce(d.compared, 0), d.walk,
                   extract(epoch FROM now() - d.begun_at)::float8, feed_horizon()::text,
                   extract(epoch FROM now() - d.walked_at)::float8, (SELECT s.id FROM server s)
            FROM due d JOIN claimed c USING (board_id, period, window_key)
            ORDER BY d.audited_at NULLS FIRST, d.board_id, d.period, d.window_key""";

    private static final String ENDED = """
            UPDATE window_audit a SET busy_until = NULL, audited_at = now(), differs_since = NULL, seen_tx = t.seen::xid8, seen_in = $9,
                sizes = t.sizes, different = t.different, repaired = t.different,
                compared = CASE WHEN t.complete THEN t.compared ELSE a.compared END,
                walked_at = CASE WHEN t.complete THEN now() ELSE a.walked_at END,
                walk = CASE WHEN t.complete OR t.seen IS NULL THEN NULL ELSE a.walk END
            FROM unnest($1::integer[], $2::smallint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::boolean[])
                AS t(board_id, period, window_key, seen, sizes, compared, different, complete)
            WHERE a.board_id = t.board_id AND a.period = t.period AND a.window_key = t.window_key""";

    private static final String WALKED = """
            UPDATE window_audit SET walk = $4, walked_at = CASE WHEN $4::text IS NULL THEN now() ELSE walked_at END,
                compared = CASE WHEN $4::text IS NULL THEN $5 ELSE compared END
            WHERE board_id = $1 AND period = $2 AND window_key = $3""";

    private final Sql sql;
    private final Boards boards;

    RestingAudits(Sql sql, Boards boards) {
        this.sql = sql;
        this.boards = boards;
    }

    /**
     * Claims windows that no other run is comparing, those not found equal for the longest first.
     *
     * @param boardId null for the windows of all boards
     * @param gap windows whose last comparison began more recently than this are not due
     */
    Uni<List<Claimed>> claim(Integer boardId, Duration gap) {
        return sql.runForJob(CLAIM, gap.toMillis(), (long) MAX_WINDOWS, boardId)
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem()
                .transformToUniAndConcatenate(this::claimed)
                .collect()
                .asList();
    }

    private Uni<Claimed> claimed(Row row) {
        return boards.get(BoardName.of(row))
                .onFailure(NotFound.class)
                .recoverWithNull()
                .map(board -> board == null || board.id() != row.getInteger(7)
                        ? null
                        : new Claimed(
                                WindowRows.reference(board, row),
                                row.getString(9),
                                row.getString(14),
                                row.getString(10),
                                row.getLong(11),
                                WalkPosition.parse(row.getString(12)),
                                row.getDouble(13),
                                row.getDouble(15),
                                row.getString(16)));
    }

    /** Records comparisons that ended well: any difference has been repaired, or the window is not read from Redis. */
    Uni<Void> ended(List<Ended> all) {
        return sql.run(
                        ENDED,
                        column(all, Integer[]::new, one -> one.window().board().id()),
                        column(all, Short[]::new, one -> one.window().period().code()),
                        column(all, Long[]::new, one -> one.window().key()),
                        column(all, String[]::new, Ended::seen),
                        column(all, String[]::new, Ended::sizes),
                        column(all, Long[]::new, Ended::compared),
                        column(all, Long[]::new, Ended::different),
                        column(all, Boolean[]::new, Ended::complete),
                        all.get(0).server())
                .replaceWithVoid();
    }

    private static <T> T[] column(List<Ended> all, IntFunction<T[]> array, Function<Ended, T> value) {
        return all.stream().map(value).toArray(array);
    }

    /** Records how far the complete walk of a window has come. */
    Uni<Void> walking(WindowRef window, WalkPosition position) {
        return walked(window, position.text(), 0);
    }

    /** Records that a window has been compared completely, with so many standings. */
    Uni<Void> walked(WindowRef window, long standings) {
        return walked(window, null, standings);
    }

    private Uni<Void> walked(WindowRef window, String walk, long standings) {
        return sql.run(WALKED, window.board().id(), window.period().code(), window.key(), walk, standings)
                .replaceWithVoid();
    }

    /**
     * A window that this process is to look at.
     *
     * @param seen everything written by older transactions is known to be equal in both stores; null if it was never found
     *     equal, or is to be compared completely
     * @param now the same of the present
     * @param sizes of the rankings in Redis when it was found equal
     * @param standings about how many it has
     * @param walk how far its complete walk has come
     * @param seconds since it was looked at before; null if never
     * @param walkedSeconds since it was last compared completely; null if never
     * @param server which PostgreSQL it is: the numbers of transactions are of that one
     */
    record Claimed(
            WindowRef window,
            String seen,
            String now,
            String sizes,
            long standings,
            WalkPosition walk,
            Double seconds,
            Double walkedSeconds,
            String server) {
        /** Whether it need not be compared completely. */
        boolean wasEqual() {
            return seen != null;
        }

        long seenTx() {
            return Long.parseUnsignedLong(seen);
        }
    }

    /**
     * How the look at a window ended.
     *
     * @param seen as {@link Claimed#seen()}, from now on
     * @param complete whether all of it was compared
     */
    record Ended(Claimed claimed, String seen, String sizes, long compared, long different, boolean complete) {
        /** It is not known to be equal: all of it is compared the next time. */
        static Ended unknown(Claimed claimed, long different) {
            return new Ended(claimed, null, null, 0, different, false);
        }

        WindowRef window() {
            return claimed.window();
        }

        private String server() {
            return claimed.server();
        }
    }
}
