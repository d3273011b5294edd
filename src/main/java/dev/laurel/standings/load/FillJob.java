package dev.laurel.standings.load;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.faults.Faults;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.window.WindowRows;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fills windows from the ledger while events continue to arrive. Each step is one transaction, run by one process at a
 * time; another process continues the work of one that has died:
 *
 * <ol>
 *   <li>count: the events up to the one at which the period was added are counted separately;
 *   <li>merge: players, some hundreds at a time, get the counted result merged with what has arrived since;
 *   <li>load: the whole window is loaded into Redis, and only then is it read.
 * </ol>
 */
@ApplicationScoped
class FillJob {
    private static final Logger LOG = Logger.getLogger(FillJob.class);

    /** Players merged in one transaction: their events wait some milliseconds for it. */
    private static final int CHUNK = 500;

    private static final String PENDING = """
            SELECT f.period, f.window_key, w.window_id, w.start_at, w.end_at, w.state, b.name, b.id, f.state, b.tenant_id
            FROM window_fill f
            JOIN board b ON b.id = f.board_id AND b.deleted_at IS NULL
            JOIN board_window w ON w.board_id = f.board_id AND w.period = f.period AND w.window_key = f.window_key
            ORDER BY f.begun_at, w.end_at DESC NULLS FIRST LIMIT 1000""";

    private static final String COUNT = "SELECT count_fill($1, $2, $3)";
    private static final String MERGE = "SELECT merge_fill($1, $2, $3, $4)";
    private static final String FINISH = "SELECT finish_fill($1, $2, $3, $4)";

    private final Sql sql;
    private final Boards boards;
    private final Rebuilder rebuilder;
    private final WindowRegistry windows;
    private final RollingWindows rolling;
    private final JobLog log;
    private final Clock clock;

    FillJob(
            Sql sql,
            Boards boards,
            Rebuilder rebuilder,
            WindowRegistry windows,
            RollingWindows rolling,
            JobLog log,
            Clock clock) {
        this.sql = sql;
        this.boards = boards;
        this.rebuilder = rebuilder;
        this.windows = windows;
        this.rolling = rolling;
        this.log = log;
        this.clock = clock;
    }

    @Scheduled(identity = "fill", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> scheduled() {
        return log.run("fill", fillAll()).replaceWithVoid();
    }

    /** Fills all pending windows; returns the number of windows completed by this call. */
    Uni<Long> fillAll() {
        return sql.runForJob(PENDING)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::fill)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    private Uni<Long> fill(Row row) {
        return boards.refresh(BoardName.of(row))
                .chain(board -> board.id() == row.getInteger(7)
                        ? fill(board, WindowRows.reference(board, row), row.getString(8))
                        : Uni.createFrom().item(0L))
                .onFailure(NotFound.class)
                .recoverWithItem(0L)
                // A window that cannot be filled now does not hold up the others.
                .onFailure()
                .invoke(e -> Faults.inJob("fill", e))
                .onFailure()
                .invoke(e -> LOG.warnf(
                        "Window %s of board %s is not filled yet: %s",
                        row.getString(2), row.getString(6), e.getMessage()))
                .onFailure()
                .recoverWithItem(0L);
    }

    private Uni<Long> fill(Board board, WindowRef window, String state) {
        return count(window, state)
                .chain(() -> merge(window, state))
                .chain(merged -> merged ? load(window) : Uni.createFrom().item(0L))
                .invoke(() -> boards.forget(board));
    }

    /** Ends when everything is counted, or another process is counting. */
    private Uni<Void> count(WindowRef window, String state) {
        if (!"COUNT".equals(state)) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> step(COUNT, window).map(row -> row.getBoolean(0)))
                .whilst(counted -> counted)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Returns whether everything is merged; false while another process is merging. */
    private Uni<Boolean> merge(WindowRef window, String state) {
        if ("LOAD".equals(state)) {
            return Uni.createFrom().item(true);
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> step(MERGE, window, CHUNK).map(row -> row.getInteger(0) == null ? -1 : row.getInteger(0)))
                .whilst(players -> players > 0)
                .collect()
                .last()
                .map(players -> players == 0);
    }

    /** If Redis cannot be loaded now, the window is marked stale there and recovers in the usual way. */
    private Uni<Long> load(WindowRef window) {
        List<WindowRef> wrong = new ArrayList<>(List.of(window));
        if (window.period() == Period.DAILY) {
            wrong.addAll(rolling.holding(window.board(), window.window().start()));
        }
        return rebuilder
                .invalidate(wrong)
                .chain(() -> Multi.createFrom()
                        .iterable(wrong)
                        .onItem()
                        .transformToUniAndConcatenate(
                                one -> rebuilder.rebuild(one).onFailure().recoverWithItem(-1L))
                        .collect()
                        .last())
                .chain(() -> step(FINISH, window, clock.instant().atOffset(ZoneOffset.UTC)))
                .invoke(() -> windows.forget(window))
                .replaceWith(1L);
    }

    private Uni<Row> step(String statement, WindowRef window, Object... last) {
        Object[] arguments = new Object[3 + last.length];
        arguments[0] = window.board().id();
        arguments[1] = window.period().code();
        arguments[2] = window.key();
        System.arraycopy(last, 0, arguments, 3, last.length);
        return sql.runForJob(statement, arguments).map(rows -> rows.iterator().next());
    }
}
