package dev.laurel.standings.freeze;

import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Takes snapshots at their instant, including those of boards that are not being read or written at that moment. */
@ApplicationScoped
class SnapshotJob {
    private static final Logger LOG = Logger.getLogger(SnapshotJob.class);

    /** Snapshots due before the next run get a timer of their own. */
    private static final Duration AHEAD = Duration.ofMillis(1_500);

    private static final int MAX_PER_RUN = 1_000;

    private static final String DUE = """
            SELECT b.name, b.freeze_at, b.tenant_id FROM board b
            WHERE b.freeze_at <= $1 AND b.deleted_at IS NULL
              AND NOT EXISTS (SELECT FROM frozen_board t WHERE t.board_id = b.id AND t.freeze_no = b.freeze_no)
            ORDER BY b.freeze_at LIMIT $2""";

    private final Sql sql;
    private final Boards boards;
    private final FreezeSnapshots snapshots;
    private final Vertx vertx;
    private final Clock clock;

    SnapshotJob(Sql sql, Boards boards, FreezeSnapshots snapshots, Vertx vertx, Clock clock) {
        this.sql = sql;
        this.boards = boards;
        this.snapshots = snapshots;
        this.vertx = vertx;
        this.clock = clock;
    }

    @Scheduled(identity = "pictures", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> takeDue() {
        return sql.runForJob(DUE, clock.instant().plus(AHEAD).atOffset(ZoneOffset.UTC), (long) MAX_PER_RUN)
                .invoke(this::takeAll)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Frozen boards could not be looked up: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private void takeAll(RowSet<Row> rows) {
        for (Row row : rows) {
            long ahead = row.getOffsetDateTime(1).toInstant().toEpochMilli() - clock.millis();
            vertx.setTimer(Math.max(1, ahead), timer -> take(BoardName.of(row)));
        }
    }

    private void take(BoardName board) {
        boards.get(board)
                .chain(snapshots::of)
                .subscribe()
                .with(
                        snapshot -> {},
                        failure -> LOG.debugf("No snapshot of board %s yet: %s", board.name(), failure.getMessage()));
    }
}
