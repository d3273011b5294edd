package dev.laurel.standings.load;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.redis.topology.MastersChanged;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.window.LiveWindows;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Repairs what a crash has left undone between PostgreSQL and Redis. Every process writes a heartbeat each second, and
 * signs off on an orderly shutdown. When one falls silent, the standings of all players with events since shortly
 * before its last heartbeat are copied to Redis again; the version guard makes that harmless, however often and by
 * whichever process it is done.
 *
 * <p>All times are by PostgreSQL's clock.
 */
@ApplicationScoped
class TailRepair {
    private static final Logger LOG = Logger.getLogger(TailRepair.class);

    /** The number says what this program knows ({@code require_known_metrics}). */
    private static final String ALIVE = """
            INSERT INTO replica (id, seen_at, knows) VALUES ($1, now(), 1)
            ON CONFLICT (id) DO UPDATE SET seen_at = now(), repaired_at = NULL""";

    private static final String LEAVE = "DELETE FROM replica WHERE id = $1";

    private static final String REPAIRED = "UPDATE replica SET repaired_at = now() WHERE id = $1";

    /**
     * Silent for several heartbeats; a process that merely paused is repaired needlessly. Repaired twice: PostgreSQL
     * may still be running a statement of the dead process. Such a statement ends within the 10 seconds of
     * apply_scores, except for its commit.
     */
    private static final String SILENT = """
            SELECT id, repaired_at IS NOT NULL FROM replica
            WHERE seen_at < now() - interval '4 seconds' AND id <> $1
              AND (repaired_at IS NULL OR repaired_at < now() - interval '12 seconds')""";

    /** A process follows a deposed master for seconds at most, unless the network is partitioned. */
    private static final int FOLLOWED_SECONDS = 30;

    private static final String LATEST = """
            SELECT b.name, b.id, array_agg(DISTINCT e.player_id), b.tenant_id
            FROM score_event e JOIN board b ON b.id = e.board_id AND b.deleted_at IS NULL
            WHERE e.received_at > now() - make_interval(secs => $1)
            GROUP BY b.id""";

    /** A transaction may have begun long before it committed: the margin is far above every deadline. */
    private static final String TAIL = """
            SELECT b.name, b.id, array_agg(DISTINCT e.player_id), b.tenant_id
            FROM score_event e JOIN board b ON b.id = e.board_id AND b.deleted_at IS NULL
            WHERE e.received_at > (SELECT seen_at FROM replica WHERE id = $1) - interval '15 seconds'
            GROUP BY b.id""";

    private final Sql sql;
    private final Boards boards;
    private final LiveWindows live;
    private final StandingsSync sync;
    private final StaleWindowLoader staleWindows;
    private final Repairs repairs;
    /** When this process first saw other masters, by the machine's clock, until that is dealt with; then 0. */
    private final AtomicLong deposed = new AtomicLong();

    private final String id = UUID.randomUUID().toString();

    TailRepair(
            Sql sql,
            Boards boards,
            LiveWindows live,
            StandingsSync sync,
            StaleWindowLoader staleWindows,
            Repairs repairs) {
        this.sql = sql;
        this.boards = boards;
        this.live = live;
        this.sync = sync;
        this.staleWindows = staleWindows;
        this.repairs = repairs;
    }

    @Scheduled(identity = "beat", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> beat() {
        return sql.run(ALIVE, id).replaceWithVoid().onFailure().recoverWithNull();
    }

    /** Not part of the heartbeat: a long repair must not make its own process look silent. */
    @Scheduled(identity = "tail-repair", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> repairSilent() {
        return sql.run(SILENT, id)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> repair(row.getString(0), row.getBoolean(1)))
                .collect()
                .last()
                .onFailure()
                .invoke(e -> LOG.debugf("Not repaired this time: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    void mastersChanged(@ObservesAsync MastersChanged event) {
        deposed.compareAndSet(0, System.nanoTime());
    }

    /** Copies to the new master what this process had sent to a deposed one. */
    @Scheduled(identity = "tail-repair-masters", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> repairAfterDeposition() {
        long since = deposed.getAndSet(0);
        if (since == 0) {
            return Uni.createFrom().voidItem();
        }
        double seconds = FOLLOWED_SECONDS + (System.nanoTime() - since) / 1e9;
        return carried(sql.runForJob(LATEST, seconds))
                .invoke(missing -> LOG.infof("Redis has new masters; %d standings were missing there", missing))
                .replaceWithVoid()
                .onFailure()
                .invoke(() -> deposed.set(since))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Long> carried(Uni<RowSet<Row>> boardsWithPlayers) {
        return boardsWithPlayers
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::repairBoard)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    /** The silent process is forgotten only when everything it may have left undone is done. */
    private Uni<Void> repair(String silent, boolean again) {
        return carried(sql.runForJob(TAIL, silent))
                .invoke(missing -> {
                    if (!again || missing > 0) {
                        tell(silent, missing);
                    }
                })
                .chain(() -> sql.run(again ? LEAVE : REPAIRED, silent))
                .replaceWithVoid();
    }

    private void tell(String silent, long missing) {
        repairs.crashRepaired(missing);
        LOG.infof("Process %s ended without signing off; %d standings were missing in Redis", silent, missing);
    }

    private Uni<Long> repairBoard(Row row) {
        List<String> players = List.of(row.getArrayOfStrings(2));
        return boards.get(BoardName.of(row))
                .chain(board -> board.id() == row.getInteger(1) ? repairPlayers(board, players) : zero())
                .onFailure(NotFound.class)
                .recoverWithUni(TailRepair::zero);
    }

    private static Uni<Long> zero() {
        return Uni.createFrom().item(0L);
    }

    private Uni<Long> repairPlayers(Board board, List<String> players) {
        return live.of(board)
                .onItem()
                .transformToMulti(windows -> Multi.createFrom().iterable(windows))
                .onItem()
                .transformToUniAndConcatenate(window -> sync.repair(window, players))
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    /** Signs off; runs on the shutdown thread, which may block. */
    void leave(@Observes ShutdownEvent event) {
        if (staleWindows.size() > 0) {
            // Something is not in Redis yet and only this process knows: it falls silent, so that another one repairs
            // it.
            return;
        }
        MainThread.await(() -> sql.run(LEAVE, id).replaceWithVoid().onFailure().recoverWithNull());
    }
}
