package dev.laurel.standings.load;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.load.WindowLoader.When;
import dev.laurel.standings.redis.NotLoaded;
import dev.laurel.standings.redis.RedisRankings;
import dev.laurel.standings.redis.RedisWindows;
import dev.laurel.standings.window.WindowPreparer;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/**
 * Tracks which windows must be reloaded into Redis, and has them loaded: those that a reader found missing, and those
 * that may be incomplete.
 */
@ApplicationScoped
public class Rebuilder implements WindowPreparer {
    private final RedisWindows inRedis;
    private final RedisRankings rankings;
    private final WindowLoader loader;
    private final WindowAdder adder;
    private final StaleWindowLoader staleWindows;
    private volatile boolean missed;

    Rebuilder(
            RedisWindows inRedis,
            RedisRankings rankings,
            WindowLoader loader,
            WindowAdder adder,
            StaleWindowLoader staleWindows) {
        this.inRedis = inRedis;
        this.rankings = rankings;
        this.loader = loader;
        this.adder = adder;
        this.staleWindows = staleWindows;
        staleWindows.onRetry(this::loadNow);
    }

    /** Whether this process may trust what Redis holds of a window. */
    public boolean trusts(WindowRef window) {
        return !staleWindows.contains(window);
    }

    /**
     * Marks windows that are wrong in Redis: they are not read until they have been reloaded.
     *
     * @return when every process will know; fails with {@link Unavailable} when that cannot be guaranteed
     */
    public Uni<Void> invalidate(List<WindowRef> windows) {
        inRedis.takeOutOfUse(windows);
        return staleWindows.add(windows);
    }

    /**
     * Marks windows into which something about to be acknowledged could not be written: they are not read until they
     * have been reloaded. If the mark cannot be recorded, nothing may be acknowledged and the windows stay readable:
     * they have everything acknowledged so far, and PostgreSQL, which does not respond, could not stand in for them.
     *
     * @return when every process will know; fails with {@link Unavailable} when that cannot be guaranteed
     */
    public Uni<Void> markStale(List<WindowRef> windows) {
        return staleWindows.addOnceWrittenDown(windows).invoke(() -> inRedis.takeOutOfUse(windows));
    }

    /**
     * Marks a window that may be wrong in Redis, though not about anything acknowledged: it stays readable, and is
     * reloaded soon.
     */
    public void markUncertain(WindowRef window) {
        staleWindows.addReadable(window);
    }

    /** Loads a window in the background, unless a load is running; other windows are likely to be missing, too. */
    public void request(WindowRef window) {
        missed = true;
        staleWindows.load(window, this::loadNow);
    }

    /** The number of windows that this process does not read from Redis until they are reloaded. */
    public int staleWindows() {
        return staleWindows.size();
    }

    /** Whether a window has been found missing since the last call. */
    boolean takeMissed() {
        boolean taken = missed;
        missed = false;
        return taken;
    }

    /** Declares the window complete while it is empty, so that even the first player's response has a rank. */
    @Override
    public Uni<Void> prepare(WindowRef opened) {
        return ensureLoaded(opened);
    }

    /** Loads a window only if Redis does not have it complete. */
    Uni<Void> ensureLoaded(WindowRef window) {
        return loadIfMissing(window).replaceWithVoid();
    }

    /** Loads a window if Redis does not have it complete; returns whether it did not. */
    public Uni<Boolean> loadIfMissing(WindowRef window) {
        return Multi.createFrom()
                .iterable(window.rankings())
                .onItem()
                .transformToUniAndConcatenate(ranking -> rankings.page(ranking, 0, 1))
                .collect()
                .last()
                .replaceWith(false)
                .onFailure(NotLoaded.class)
                .recoverWithUni(
                        () -> staleWindows.once(window, () -> loadNow(window)).replaceWith(true));
    }

    /**
     * The window may have been found missing just before a load of it ended: a window that is complete by then stays.
     */
    private Uni<Long> loadNow(WindowRef window) {
        return staleWindows.knows(window)
                ? staleWindows.settledBy(window, loader.load(window, When.ANY))
                : loader.load(window, When.MISSING);
    }

    /**
     * Loads a window.
     *
     * @return the number of standings loaded, or -1 when another process is loading it
     */
    public Uni<Long> rebuild(WindowRef window) {
        return staleWindows.once(window, () -> staleWindows.settledBy(window, loader.load(window, When.ANY)));
    }

    /** As {@link #rebuild}, by a load that begins after this call: with everything that has been written before it. */
    public Uni<Long> rebuildAfresh(WindowRef window) {
        return staleWindows.idle(window).chain(() -> rebuild(window));
    }

    /**
     * As {@link #rebuildAfresh}, when nothing has been taken from any player since the window was complete: one that has few
     * players stays in use meanwhile.
     */
    public Uni<Long> addAfresh(WindowRef window) {
        return staleWindows
                .idle(window)
                .chain(() -> staleWindows.knows(window) ? Uni.createFrom().item(false) : adder.suits(window))
                .chain(suits -> suits ? adder.add(window).replaceWith(0L) : rebuild(window));
    }
}
