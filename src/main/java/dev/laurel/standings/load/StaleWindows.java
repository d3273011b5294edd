package dev.laurel.standings.load;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The windows that no process may read from Redis, recorded in PostgreSQL: an acknowledged standing stays findable
 * after the process that could not write it to Redis has ended, and the other processes learn of it.
 */
@ApplicationScoped
public class StaleWindows {
    private static final String MARK = """
            INSERT INTO stale_window AS s (board_id, period, window_key, marks, since)
            SELECT DISTINCT t.board_id, t.period, t.window_key, (extract(epoch FROM now()) * 1000000)::bigint, now()
            FROM unnest($1::integer[], $2::smallint[], $3::bigint[]) AS t(board_id, period, window_key)
            ORDER BY 1, 2, 3
            -- never the same again, also when it has been taken off the list meanwhile
            ON CONFLICT (board_id, period, window_key) DO UPDATE SET marks = greatest(s.marks + 1, excluded.marks)
            RETURNING s.board_id, s.period, s.window_key, s.marks""";

    private static final String ALL = """
            SELECT s.period, s.window_key, w.window_id, w.start_at, w.end_at, w.state, b.name, b.id, s.marks, b.tenant_id
            FROM stale_window s
            LEFT JOIN board_window w ON w.board_id = s.board_id AND w.period = s.period AND w.window_key = s.window_key
            JOIN board b ON b.id = s.board_id
            -- rolling windows have no row of their own, and have passed after a day
            WHERE (w.state <> 'CLOSED' OR s.period >= 7 AND s.since > now() - interval '26 hours') AND b.deleted_at IS NULL
            ORDER BY s.since LIMIT 1000""";

    private static final String CLEAR =
            "DELETE FROM stale_window WHERE board_id = $1 AND period = $2 AND window_key = $3 AND marks = $4";

    private final Sql sql;
    private final Boards boards;
    private final RollingWindows rolling;

    StaleWindows(Sql sql, Boards boards, RollingWindows rolling) {
        this.sql = sql;
        this.boards = boards;
        this.rolling = rolling;
    }

    /**
     * Records windows as stale.
     *
     * @return the number under which each has been recorded, a new one each time; fails with {@link Unavailable}
     *     when that is not possible
     */
    Uni<Map<WindowRef, Long>> mark(List<WindowRef> windows) {
        return sql.runForAll(
                        MARK,
                        windows.stream().map(w -> w.board().id()).toArray(Integer[]::new),
                        windows.stream().map(w -> w.period().code()).toArray(Short[]::new),
                        windows.stream().map(WindowRef::key).toArray(Long[]::new))
                .map(rows -> {
                    Map<String, Long> marks = new java.util.HashMap<>();
                    rows.forEach(
                            row -> marks.put(name(row.getInteger(0), row.getShort(1), row.getLong(2)), row.getLong(3)));
                    return windows.stream()
                            .collect(Collectors.toMap(
                                    w -> w,
                                    w -> marks.get(
                                            name(w.board().id(), w.period().code(), w.key())),
                                    (a, b) -> b));
                });
    }

    private static String name(int board, short period, long window) {
        return board + "/" + period + "/" + window;
    }

    /** The recorded windows that are still open, oldest mark first. */
    Uni<List<Marked>> all() {
        return sql.runForAll(ALL)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::marked)
                .collect()
                .asList();
    }

    private Uni<Marked> marked(Row row) {
        return boards.get(BoardName.of(row))
                .onFailure(NotFound.class)
                .recoverWithNull()
                .map(board -> isSame(board, row) ? new Marked(window(board, row), row.getLong(8)) : null)
                .map(found -> found == null || isOver(found.window()) ? null : found);
    }

    private static WindowRef window(Board board, Row row) {
        Period period = Period.ofCode(row.getShort(0));
        return period.isRolling() ? RollingWindows.of(board, period, row.getLong(1)) : WindowRows.reference(board, row);
    }

    private boolean isOver(WindowRef window) {
        return window.period().isRolling() && rolling.hasPassed(window);
    }

    private static boolean isSame(Board board, Row row) {
        return board != null && board.id() == row.getInteger(7);
    }

    /** Takes a window off the list, unless it has been recorded again since. */
    public Uni<Void> clear(WindowRef window, long marks) {
        return sql.runForAll(CLEAR, window.board().id(), window.period().code(), window.key(), marks)
                .replaceWithVoid();
    }

    /** A window on the list, and the number under which it was last recorded. */
    record Marked(WindowRef window, long marks) {}
}
