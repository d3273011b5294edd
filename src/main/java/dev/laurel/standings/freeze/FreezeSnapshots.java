package dev.laurel.standings.freeze;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.postgres.PostgresConfig;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.freeze.SnapshotTaker.Progress;
import dev.laurel.standings.window.Outdated;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * The snapshots of frozen boards, each taken by the first reader, writer or job of any process that runs after the
 * instant of the freeze. Boards that are not frozen cost one comparison.
 */
@ApplicationScoped
public class FreezeSnapshots {
    private static final int MAX_KNOWN = 10_000;

    /** Interval at which the progress of another process is polled. */
    private static final Duration POLL = Duration.ofMillis(20);

    /** Beginning takes some milliseconds, during which later events wait. */
    private static final Duration WRITERS_PATIENCE = Duration.ofSeconds(2);

    /** As long as several polls. */
    private static final Duration LATE_PATIENCE = Duration.ofMillis(100);

    /** Each holds two connections to PostgreSQL for a moment, and one until it is copied. */
    static final int MAX_TAKING = 6;

    private final SnapshotTaker taker;
    private final Boards boards;
    private final Clock clock;
    private final Duration deadline;
    private final int maxPolls;
    private final Bulkhead bulkhead = new Bulkhead(MAX_TAKING, MAX_KNOWN, "Too many boards are being frozen");
    private final Cache<Key, FreezeSnapshot> taken =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();
    private final Cache<Key, Boolean> begun =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();
    private final ConcurrentMap<Key, Taking> underWay = new ConcurrentHashMap<>();

    FreezeSnapshots(SnapshotTaker taker, Boards boards, Clock clock, PostgresConfig config) {
        this.taker = taker;
        this.boards = boards;
        this.clock = clock;
        this.deadline = config.deadline();
        this.maxPolls = (int) Math.max(1, deadline.dividedBy(POLL));
    }

    /**
     * What the public sees of a board now.
     *
     * @return {@link FreezeSnapshot#NONE} when the board is not frozen; fails with {@link Unavailable} while
     *     copying the snapshot takes longer than a request waits
     */
    public Uni<FreezeSnapshot> of(Board board) {
        if (!board.frozen(clock.instant())) {
            return Uni.createFrom().item(FreezeSnapshot.NONE);
        }
        FreezeSnapshot known = taken.getIfPresent(Key.of(board));
        return known != null
                ? Uni.createFrom().item(known)
                : within(deadline, taking(board).snapshot, "The frozen ranking is still being saved")
                        .onFailure(Outdated.class)
                        .recoverWithUni(() -> revealed(board));
    }

    /** Another process has revealed the board before this one learned of it. */
    private Uni<FreezeSnapshot> revealed(Board board) {
        return boards.get(board.fullName()).map(now -> {
            if (now.frozen(clock.instant())) {
                throw Unavailable.overloaded("The board is being changed");
            }
            return FreezeSnapshot.NONE;
        });
    }

    /**
     * Waits until no snapshot that is due can include anything written from now on.
     *
     * @return fails with {@link Unavailable} when that takes too long, with {@link Outdated} when a freeze has been
     *     revealed
     */
    public Uni<Void> awaitBegun(Stream<Board> boards) {
        Map<Key, Board> due = due(boards);
        if (due.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(due.values().stream().map(this::begun).toList())
                .andFailFast()
                .replaceWithVoid();
    }

    /** Once a batch has waited in vain, the next ones hardly wait: their lane may hold events of other boards. */
    private Uni<Void> begun(Board board) {
        Taking taking = taking(board);
        Duration patience = taking.late ? LATE_PATIENCE : WRITERS_PATIENCE;
        return within(patience, taking.begun, "The board is just being frozen")
                .onFailure(Unavailable.class)
                .invoke(() -> taking.late = true);
    }

    private Map<Key, Board> due(Stream<Board> boards) {
        Map<Key, Board> due = new LinkedHashMap<>();
        boards.filter(board -> board.freeze() != null)
                .filter(board -> board.frozen(clock.instant()) && begun.getIfPresent(Key.of(board)) == null)
                .forEach(board -> due.put(Key.of(board), board));
        return due;
    }

    private static <T> Uni<T> within(Duration patience, CompletableFuture<T> awaited, String otherwise) {
        return Contexts.await(awaited).ifNoItem().after(patience).failWith(() -> Unavailable.overloaded(otherwise));
    }

    /** Runs on its own: callers that give up do not stop it. */
    private Taking taking(Board board) {
        Key key = Key.of(board);
        Taking mine = new Taking();
        Taking first = underWay.putIfAbsent(key, mine);
        if (first != null) {
            return first;
        }
        Uni.createFrom()
                .deferred(() -> goOn(board, mine, 0))
                .onTermination()
                .invoke(() -> underWay.remove(key))
                .subscribe()
                .with(mine.snapshot::complete, mine::fail);
        return mine;
    }

    private Uni<FreezeSnapshot> goOn(Board board, Taking taking, int polls) {
        return taker.find(board)
                .invoke(progress -> note(board, taking, progress))
                .chain(progress -> progress.snapshot() != null
                        ? Uni.createFrom().item(progress.snapshot())
                        : bulkhead.run(taker.take(board, () -> noteBegun(board, taking)))
                                .chain(attempt -> switch (attempt) {
                                    case TAKEN -> goOn(board, taking, polls);
                                    case ELSEWHERE -> goOnLater(board, taking, polls + 1);
                                    case OUTDATED -> outdated(board);
                                }));
    }

    private Uni<FreezeSnapshot> goOnLater(Board board, Taking taking, int polls) {
        return polls > maxPolls
                ? Uni.createFrom().failure(Unavailable.overloaded("The frozen ranking is still being saved"))
                : Uni.createFrom().nullItem().onItem().delayIt().by(POLL).chain(() -> goOn(board, taking, polls));
    }

    private Uni<FreezeSnapshot> outdated(Board board) {
        boards.forget(board);
        return Uni.createFrom().failure(new Outdated());
    }

    private void note(Board board, Taking taking, Progress progress) {
        if (progress.begun()) {
            noteBegun(board, taking);
        }
        if (progress.snapshot() != null) {
            taken.put(Key.of(board), progress.snapshot());
        }
    }

    private void noteBegun(Board board, Taking taking) {
        begun.put(Key.of(board), true);
        taking.begun.complete(null);
    }

    /** A snapshot in progress, and what callers wait for. */
    private static final class Taking {
        private final CompletableFuture<Void> begun = new CompletableFuture<>();
        private final CompletableFuture<FreezeSnapshot> snapshot = new CompletableFuture<>();
        private volatile boolean late;

        void fail(Throwable failure) {
            begun.completeExceptionally(failure);
            snapshot.completeExceptionally(failure);
        }
    }

    private record Key(int board, int freeze) {
        static Key of(Board board) {
            return new Key(board.id(), board.freeze().number());
        }
    }
}
