package dev.laurel.standings.freeze;

import dev.laurel.board.Board;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.Period;
import dev.laurel.standings.freeze.FreezeSnapshot.Pictured;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the snapshots of frozen boards. The first statement of the transaction takes the lock and thereby fixes the
 * moment that the transaction sees, which decides the contents of the snapshot. A separate transaction then records
 * that the snapshot has begun, which releases the waiting writers. Only then does the copying start, which may take its
 * time.
 */
// Created at startup, so that its meter exists before the first snapshot.
@Startup
@ApplicationScoped
class SnapshotTaker {
    private static final Logger LOG = Logger.getLogger(SnapshotTaker.class);

    private static final String LOOK = """
            SELECT pg_try_advisory_xact_lock(78, $1),
                EXISTS (SELECT FROM frozen_board WHERE board_id = $1 AND freeze_no = $2),
                EXISTS (SELECT FROM board WHERE id = $1 AND freeze_no = $2 AND freeze_at IS NOT NULL AND deleted_at IS NULL),
                EXISTS (SELECT FROM board_freeze WHERE board_id = $1 AND freeze_no = $2)""";

    /** Makes PostgreSQL release the lock when a process hangs or is cut off. */
    private static final String IMPATIENT = "SET LOCAL idle_in_transaction_session_timeout = '3s'";

    /** Once begun, only readers wait for it, and its turn to copy may come late. */
    private static final String PATIENT = "SET LOCAL idle_in_transaction_session_timeout = '2min'";

    /** Snapshots copied at once. */
    private static final int MAX_COPIES = 2;

    private static final String BEGIN = """
            INSERT INTO board_freeze (board_id, freeze_no, begun_at) VALUES ($1, $2, $3)
            ON CONFLICT (board_id, freeze_no) DO UPDATE SET begun_at = excluded.begun_at""";

    private static final String TAKE = "SELECT take_picture($1, $2, $3, $4, $5, $6, $7)";

    private static final String FIND = """
            SELECT EXISTS (SELECT FROM board_freeze WHERE board_id = $1 AND freeze_no = $2),
                t.closings, w.period, w.window_key, w.window_id
            FROM (VALUES (0)) one
            LEFT JOIN frozen_board t ON t.board_id = $1 AND t.freeze_no = $2
            LEFT JOIN frozen_window w ON w.board_id = t.board_id AND w.freeze_no = t.freeze_no""";

    /** A duplicate row, or a change since the transaction began: another process has taken the snapshot. */
    private static final Set<String> OVERTAKEN = Set.of("23505", "40001");

    private final Sql sql;
    private final RollingWindows rolling;
    private final Clock clock;
    private final Counter taken;
    private final Bulkhead copies =
            new Bulkhead(MAX_COPIES, FreezeSnapshots.MAX_TAKING, "Too many boards are being frozen");

    SnapshotTaker(Sql sql, RollingWindows rolling, Clock clock, MeterRegistry meters) {
        this.sql = sql;
        this.rolling = rolling;
        this.clock = clock;
        this.taken = meters.counter(Meters.SNAPSHOTS);
    }

    /** The progress of the snapshot of a board's freeze, in whichever process. */
    Uni<Progress> find(Board board) {
        int number = board.freeze().number();
        return sql.run(FIND, board.id(), number).map(rows -> progress(number, rows));
    }

    private static Progress progress(int number, RowSet<Row> rows) {
        Row head = rows.iterator().next();
        if (head.getLong(1) == null) {
            return new Progress(head.getBoolean(0), null);
        }
        List<Pictured> windows = new ArrayList<>();
        for (Row row : rows) {
            if (row.getLong(3) != null) {
                windows.add(new Pictured(Period.ofCode(row.getShort(2)), row.getLong(3), row.getString(4)));
            }
        }
        return new Progress(true, new FreezeSnapshot(number, head.getLong(1), windows));
    }

    /**
     * Takes the snapshot, unless another process is taking it.
     *
     * @param begun called once nothing written from then on can be in the snapshot
     */
    Uni<Attempt> take(Board board, Runnable begun) {
        return sql.inSnapshot(transaction -> transaction
                        .run(IMPATIENT)
                        .chain(() ->
                                transaction.run(LOOK, board.id(), board.freeze().number()))
                        .map(rows -> rows.iterator().next())
                        .chain(look -> outcome(look)
                                .map(known -> Uni.createFrom().item(known))
                                .orElseGet(() -> copy(transaction, board, look.getBoolean(3), begun))))
                .onFailure(SnapshotTaker::isOvertaken)
                .recoverWithItem(Attempt.ELSEWHERE);
    }

    /** Empty when everything is still to be done. */
    private static Optional<Attempt> outcome(Row look) {
        if (look.getBoolean(1)) {
            return Optional.of(Attempt.TAKEN);
        }
        if (!look.getBoolean(2)) {
            return Optional.of(Attempt.OUTDATED);
        }
        return look.getBoolean(0) ? Optional.empty() : Optional.of(Attempt.ELSEWHERE);
    }

    private Uni<Attempt> copy(Statements transaction, Board board, boolean again, Runnable begun) {
        int number = board.freeze().number();
        if (again) {
            LOG.warnf(
                    "The snapshot of board %s was begun but not finished; it is taken again, and includes what was "
                            + "accepted since",
                    board.name());
        }
        return sql.run(BEGIN, board.id(), number, now())
                .invoke(begun)
                .chain(() -> transaction.run(PATIENT))
                .chain(() -> copies.run(transaction.run(
                        TAKE, arguments(board, rolling.at(board, board.freeze().at())))))
                .map(rows -> rows.iterator().next().getLong(0))
                .invoke(windows -> LOG.infof("Board %s is frozen, with %d windows", board.name(), windows))
                .invoke(() -> taken.increment())
                .replaceWith(Attempt.TAKEN);
    }

    private Object[] arguments(Board board, List<WindowRef> rollingWindows) {
        return new Object[] {
            board.id(),
            board.freeze().number(),
            now(),
            rollingWindows.stream().map(window -> window.period().code()).toArray(Short[]::new),
            rollingWindows.stream().map(WindowRef::key).toArray(Long[]::new),
            rollingWindows.stream().map(RollingWindows::endKey).toArray(Long[]::new),
            rollingWindows.stream().map(WindowRef::id).toArray(String[]::new)
        };
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static boolean isOvertaken(Throwable failure) {
        return failure instanceof PgException e && OVERTAKEN.contains(e.getSqlState());
    }

    /** The outcome of an attempt. */
    enum Attempt {
        TAKEN,
        /** Another process is taking it, or has just taken it. */
        ELSEWHERE,
        /** The board no longer has this freeze. */
        OUTDATED
    }

    /**
     * The progress of a snapshot.
     *
     * @param begun whether its contents are fixed
     * @param snapshot null until it is taken
     */
    record Progress(boolean begun, FreezeSnapshot snapshot) {}
}
