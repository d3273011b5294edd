package dev.laurel.archive;

import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.faults.Faults;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.window.WindowRef;
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

/**
 * Closes every window whose end and lateness have passed, oldest first, however long ago that was. Ranks do not depend
 * on it: the first event after a boundary belongs to the next window by itself.
 */
@ApplicationScoped
public class Rollover {
    private static final Logger LOG = Logger.getLogger(Rollover.class);

    /** Windows closed in one run; the rest follow in the next. */
    private static final int MAX_PER_RUN = 1_000;

    private static final String DUE = """
            SELECT w.period, w.window_key, w.window_id, w.start_at, w.end_at, w.state, b.name, b.id, b.tenant_id
            FROM board_window w JOIN board b ON b.id = w.board_id
            WHERE w.state <> 'CLOSED' AND b.deleted_at IS NULL
              AND (w.state = 'CLOSING' OR w.end_at + b.lateness_ms * interval '1 millisecond' <= $1)
            ORDER BY w.end_at, w.period LIMIT $2""";

    private static final String UNRETIRED = """
            SELECT w.period, w.window_key, w.window_id, w.start_at, w.end_at, w.state, b.name, b.id, b.tenant_id
            FROM board_window w JOIN board b ON b.id = w.board_id
            WHERE w.state = 'CLOSED' AND w.retired_at IS NULL AND b.deleted_at IS NULL
            ORDER BY w.closed_at LIMIT $1""";

    private final Sql sql;
    private final Boards boards;
    private final WindowCloser closer;
    private final StandingsAdmin standings;
    private final JobLog log;
    private final Clock clock;

    Rollover(Sql sql, Boards boards, WindowCloser closer, StandingsAdmin standings, JobLog log, Clock clock) {
        this.sql = sql;
        this.boards = boards;
        this.closer = closer;
        this.standings = standings;
        this.log = log;
        this.clock = clock;
    }

    @Scheduled(
            identity = "rollover",
            every = "${laurel.archive.rollover-every:5s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> scheduled() {
        return log.run("rollover", closeDue()).chain(this::retireLeft);
    }

    /**
     * Closes due windows.
     *
     * @return how many windows this call has closed
     */
    public Uni<Long> closeDue() {
        return sql.runForJob(DUE, clock.instant().atOffset(ZoneOffset.UTC), (long) MAX_PER_RUN)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::closeOne)
                .collect()
                .with(java.util.stream.Collectors.summingLong(Long::longValue));
    }

    /** Windows that were closed while Redis was unavailable. */
    private Uni<Void> retireLeft() {
        return sql.runForJob(UNRETIRED, (long) MAX_PER_RUN)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(
                        row -> window(row).onItem().ifNotNull().transformToUni(closer::retire))
                .collect()
                .last()
                .onFailure()
                .recoverWithNull();
    }

    private Uni<WindowRef> window(Row row) {
        return boards.get(BoardName.of(row))
                .map(board -> board.id() == row.getInteger(7) ? WindowRows.reference(board, row) : null);
    }

    private Uni<Long> closeOne(Row row) {
        return window(row)
                .onItem()
                .ifNotNull()
                .transformToUni(window -> closer.close(window).call(() -> warm(window)))
                .map(players -> players == null ? 0L : 1L)
                .onFailure(NotFound.class)
                .recoverWithItem(0L)
                // A window that cannot be closed now does not keep the others open.
                .onFailure()
                .invoke(e -> Faults.inJob("rollover", e))
                .onFailure()
                .invoke(e -> LOG.warnf(
                        "Window %s of board %s is not closed yet: %s",
                        row.getString(2), row.getString(6), e.getMessage()))
                .onFailure()
                .recoverWithItem(0L);
    }

    /** Loads the following window into Redis before many readers arrive. */
    private Uni<Void> warm(WindowRef closed) {
        return standings.warm(closed.board()).onFailure().recoverWithUni(failure -> {
            LOG.debugf("Warming after %s failed: %s", closed.id(), failure.getMessage());
            return Uni.createFrom().voidItem();
        });
    }
}
