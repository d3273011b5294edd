package dev.laurel.standings.admin;

import dev.laurel.board.Board;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.load.Warmer;
import dev.laurel.standings.redis.RedisWindows;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.LiveWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** The operations available on the ranked store as a whole. */
@ApplicationScoped
public class StandingsAdmin {
    /** Bounds the retries: a cache that is cleared continuously is not filled. */
    private static final int LOADS_AFTER_A_CLEARING = 3;

    private final LiveWindows live;
    private final WindowRegistry windows;
    private final RedisWindows redis;
    private final Rebuilder rebuilder;
    private final Warmer warmer;
    private final StoreComparison comparison;
    private final ChangeStamps stamps;

    StandingsAdmin(
            LiveWindows live,
            WindowRegistry windows,
            RedisWindows redis,
            Rebuilder rebuilder,
            Warmer warmer,
            StoreComparison comparison,
            ChangeStamps stamps) {
        this.live = live;
        this.windows = windows;
        this.redis = redis;
        this.rebuilder = rebuilder;
        this.warmer = warmer;
        this.comparison = comparison;
        this.stamps = stamps;
    }

    /** The windows of a board that Redis may hold: those not archived yet, longest first, and the rolling ones. */
    public Uni<List<WindowRef>> liveWindows(Board board) {
        return live.of(board);
    }

    /**
     * Loads a window from PostgreSQL into Redis.
     *
     * @return the number of players loaded, or -1 when another loader is already running
     */
    public Uni<Long> load(WindowRef window) {
        return rebuilder
                .rebuild(window)
                .onFailure(StandingsAdmin::isMadeVoid)
                .retry()
                .atMost(LOADS_AFTER_A_CLEARING)
                .invoke(() -> stamps.changeAll());
    }

    private static boolean isMadeVoid(Throwable failure) {
        return failure instanceof Unavailable unavailable && unavailable.isMadeVoid();
    }

    /** Makes the current windows of a board ready in Redis. */
    public Uni<Void> warm(Board board) {
        return warmer.warm(board);
    }

    /** Makes one window ready in Redis; returns whether it was missing there. */
    public Uni<Boolean> warm(WindowRef window) {
        return rebuilder.loadIfMissing(window);
    }

    /**
     * Reloads the rolling windows of a board whose definition has changed: if a period returns to the board, Redis
     * still holds the old contents of its windows.
     *
     * @return fails with {@link Unavailable} when that cannot be guaranteed
     */
    public Uni<Void> renewRolling(Board board) {
        List<WindowRef> windowsOfDays = live.rolling(board);
        return windowsOfDays.isEmpty() ? Uni.createFrom().voidItem() : rebuilder.invalidate(windowsOfDays);
    }

    /** Empties the live windows of a board in Redis. */
    public Uni<Long> clear(Board board) {
        return live.of(board).chain(redis::clear);
    }

    /** Drops a closed window from this process's memory and from Redis; fails when Redis rejects it. */
    public Uni<Void> retire(WindowRef window) {
        return Uni.createFrom().voidItem().invoke(() -> windows.forget(window)).chain(() -> redis.retire(window));
    }

    /** Compares the size of a window in both stores. */
    public Uni<Comparison> compare(WindowRef window) {
        return comparison.of(window);
    }

    /** The number of windows that this process does not read from Redis until they are reloaded. */
    public int staleWindows() {
        return rebuilder.staleWindows();
    }

    /**
     * The number of players of a window in both stores.
     *
     * @param cached players in Redis, -1 when the window is not loaded
     */
    public record Comparison(WindowRef window, long players, long cached) {}
}
