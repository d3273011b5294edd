package dev.laurel.ranking.movement;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.faults.Faults;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/**
 * Keeps the positions of all-time rankings at the end of each day in their boards' zones, once over all processes. A day
 * that ended while no process ran is taken as soon as one runs, with the positions of that moment.
 */
@ApplicationScoped
public class PositionKeeper {
    private static final Logger LOG = Logger.getLogger(PositionKeeper.class);

    /** Boards looked at in one run. */
    private static final int MAX_BOARDS = 10_000;

    /** Rows deleted by one statement, so that no transaction is long. */
    private static final long CHUNK = 10_000;

    private static final int MAX_CHUNKS = 100;

    /** With the newest generation of the all-time window, and the last day that has been taken of it and is shown. */
    private static final String KEPT = """
            SELECT b.tenant_id, b.name, b.id, w.window_key,
                (SELECT max(d.day) FROM position_day d WHERE d.board_id = b.id AND d.window_key = w.window_key
                 AND d.taken_at < 'infinity')
            FROM board b CROSS JOIN LATERAL (
                SELECT window_key FROM board_window WHERE board_id = b.id AND period = 5
                ORDER BY window_key DESC LIMIT 1) w
            WHERE b.position_days > 0 AND b.deleted_at IS NULL
            ORDER BY b.id LIMIT $1""";

    private static final String TAKE = "SELECT take_positions($1, $2, $3, $4)";
    private static final String STAMP = "SELECT stamp_positions($1, $2)";
    private static final String FORGET = "SELECT forget_positions($1, $2)";

    private final Sql sql;
    private final Boards boards;
    private final PositionConfig config;
    private final JobLog log;
    private final Clock clock;

    PositionKeeper(Sql sql, Boards boards, PositionConfig config, JobLog log, Clock clock) {
        this.sql = sql;
        this.boards = boards;
        this.config = config;
        this.log = log;
        this.clock = clock;
    }

    @Scheduled(identity = "daily-positions", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> scheduled() {
        return log.run("daily-positions", takeDue());
    }

    @Scheduled(
            identity = "old-positions",
            every = "10m",
            delayed = "1m",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return log.run("old-positions", forgetOld());
    }

    /**
     * Takes the positions of all days that have ended and were not taken yet.
     *
     * @return how many places this call has written
     */
    public Uni<Long> takeDue() {
        return sql.runForJob(KEPT, (long) MAX_BOARDS)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::take)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    private Uni<Long> take(Row row) {
        return boards.get(BoardName.of(row))
                .chain(board -> take(board, row))
                // A board whose positions cannot be taken now does not keep the others from theirs.
                .onFailure()
                .invoke(e -> Faults.inJob("daily-positions", e))
                .onFailure()
                .invoke(e -> LOG.warnf("Positions of board %s are not taken yet: %s", row.getString(1), e.getMessage()))
                .onFailure()
                .recoverWithItem(0L);
    }

    private Uni<Long> take(Board board, Row row) {
        Instant now = clock.instant();
        LocalDate ended = LocalDate.ofInstant(now, board.definition().zone()).minusDays(1);
        LocalDate last = row.getLocalDate(4);
        if (board.id() != row.getInteger(2) || last != null && !last.isBefore(ended)) {
            return Uni.createFrom().item(0L);
        }
        return sql.runForJob(TAKE, board.id(), row.getLong(3), ended, config.maxPlaces())
                .map(rows -> rows.iterator().next().getLong(0))
                .call(() -> stamp(board));
    }

    /**
     * Tells when positions had been read, by a clock that is read after them: a freeze that began meanwhile must not show
     * them. If this process ends before, the next one that looks does it.
     */
    private Uni<Void> stamp(Board board) {
        return Uni.createFrom()
                .deferred(() -> sql.runForJob(STAMP, board.id(), clock.instant().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Deletes positions that their boards keep no longer. */
    public Uni<Long> forgetOld() {
        return Multi.createBy()
                .repeating()
                .uni(() -> sql.runForJob(FORGET, clock.instant().atOffset(ZoneOffset.UTC), CHUNK)
                        .map(rows -> rows.iterator().next().getLong(0)))
                .whilst(deleted -> deleted > 0)
                .select()
                .first(MAX_CHUNKS)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }
}
