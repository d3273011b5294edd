package dev.laurel.standings.write;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.freeze.FreezeSnapshots;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes many events that are acknowledged together, later: to PostgreSQL in transactions of the caller, to Redis either
 * event by event, or by loading their windows once all are written.
 */
@ApplicationScoped
public class BulkWriter {
    /** Another process is loading the window: its load may have begun before the last event was written. */
    private static final Duration LOADED_ELSEWHERE = Duration.ofMillis(250);

    private static final int MAX_LOADS = 240;

    /** A window whose loads are made void this often has been closed: the caller has to look again. */
    private static final int MAX_VOID_LOADS = 20;

    /** Windows that are loaded at once: while PostgreSQL sorts one, Redis takes the other. */
    private static final int WINDOWS_AT_ONCE = 2;

    private final FreezeSnapshots snapshots;
    private final BatchCommit postgres;
    private final RollingStandings rolling;
    private final RedisStandings redis;
    private final Rebuilder rebuilder;
    private final RollingWindows rollingWindows;
    private final ChangeStamps stamps;

    BulkWriter(
            FreezeSnapshots snapshots,
            BatchCommit postgres,
            RollingStandings rolling,
            RedisStandings redis,
            Rebuilder rebuilder,
            RollingWindows rollingWindows,
            ChangeStamps stamps) {
        this.snapshots = snapshots;
        this.postgres = postgres;
        this.rolling = rolling;
        this.redis = redis;
        this.rebuilder = rebuilder;
        this.rollingWindows = rollingWindows;
        this.stamps = stamps;
    }

    /**
     * Writes a batch of events with distinct event ids in a transaction.
     *
     * @param standings whether {@link #show} is to be called with the results
     * @return the outcome of each, in order; fails as {@link StandingsWriter#write} does, and the transaction with it
     */
    public Uni<List<WriteResult>> write(Statements transaction, List<ScoreWrite> batch, boolean standings) {
        return snapshots
                .awaitBegun(batch.stream().map(ScoreWrite::board).distinct())
                .chain(() -> postgres.commitIn(transaction, batch, standings));
    }

    /** Wakes up what follows the boards of a batch, once its transaction is committed. */
    public void committed(List<ScoreWrite> batch, List<WriteResult> written) {
        postgres.announce(batch, written);
    }

    /** Writes what a batch has changed to Redis. Once it completes, every reader sees it. */
    public Uni<Void> show(List<ScoreWrite> batch, List<WriteResult> written) {
        return rolling.find(batch, written)
                .chain(found -> redis.apply(batch, found.written())
                        .onFailure()
                        .invoke(() -> rolling.markUncertain(found))
                        .call(() -> rolling.settle(found)))
                .replaceWithVoid();
    }

    /**
     * Loads windows of a board, and its rolling ones, from PostgreSQL. Once it completes, every reader sees what had been
     * written before.
     *
     * @return fails with {@link Unavailable} when a store cannot be reached, and nobody can say what readers see
     */
    public Uni<Void> load(Board board, List<WindowRef> windows) {
        return load(board, windows, rebuilder::rebuildAfresh);
    }

    /** As {@link #load}, when all that was written were events in addition to those before. */
    public Uni<Void> loadAdded(Board board, List<WindowRef> windows) {
        // Elsewhere an event may also take a value from its player.
        return board.definition().metricRules().isNone()
                ? load(board, windows, rebuilder::addAfresh)
                : load(board, windows);
    }

    private Uni<Void> load(Board board, List<WindowRef> windows, Function<WindowRef, Uni<Long>> load) {
        return Multi.createFrom()
                .iterable(inRedis(board, windows))
                .onItem()
                .transformToUni(window -> load(window, load, 1))
                .merge(WINDOWS_AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private List<WindowRef> inRedis(Board board, List<WindowRef> windows) {
        List<WindowRef> all = new ArrayList<>(windows);
        all.removeIf(window -> window.state() == WindowState.CLOSED);
        all.addAll(rollingWindows.inUse(board));
        return all;
    }

    /** As {@link #load}, by any process: until then the windows are read from PostgreSQL. */
    public Uni<Void> markStale(Board board, List<WindowRef> windows) {
        return rebuilder.invalidate(inRedis(board, windows));
    }

    /** Outdates what this process has cached of a closed window whose archive has been ranked again. */
    public void archived(WindowRef window) {
        stamps.changed(window);
    }

    private Uni<Void> load(WindowRef window, Function<WindowRef, Uni<Long>> load, int attempt) {
        return load.apply(window)
                .onFailure(failure -> isMadeVoid(failure) && attempt < MAX_VOID_LOADS)
                .recoverWithItem(-1L)
                .chain(players -> players >= 0 ? loaded(window) : loadAgain(window, load, attempt));
    }

    private Uni<Void> loaded(WindowRef window) {
        return Uni.createFrom().voidItem().invoke(() -> stamps.changed(window));
    }

    private Uni<Void> loadAgain(WindowRef window, Function<WindowRef, Uni<Long>> load, int attempt) {
        if (attempt == MAX_LOADS) {
            return Uni.createFrom().failure(Unavailable.overloaded("Another process is loading window " + window.id()));
        }
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(LOADED_ELSEWHERE)
                .chain(() -> load(window, load, attempt + 1));
    }

    /** The window was closed, cleared, or loaded by another process meanwhile. */
    private static boolean isMadeVoid(Throwable failure) {
        return failure instanceof Unavailable unavailable && unavailable.isMadeVoid();
    }
}
