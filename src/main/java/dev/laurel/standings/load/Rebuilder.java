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
 * Knows which windows have to be loaded into Redis anew, and has it done: those that somebody has missed, and those that
 * may lack something.
 */
@ApplicationScoped
public class Rebuilder implements WindowPreparer {
    private final RedisWindows inRedis;
    private final RedisRankings rankings;
    private final WindowLoader loader;
    private final StaleWindowLoader staleWindows;
    private volatile boolean missed;

    Rebuilder(RedisWindows inRedis, RedisRankings rankings, WindowLoader loader, StaleWindowLoader staleWindows) {
        this.inRedis = inRedis;
        this.rankings = rankings;
        this.loader = loader;
        this.staleWindows = staleWindows;
        staleWindows.onRetry(this::loadNow);
    }

    /** Whether this process may believe Redis about a window. */
    public boolean trusts(WindowRef window) {
        return !staleWindows.contains(window);
    }

    /**
     * What Redis has of windows is wrong: they are not read until they have been loaded anew.
     *
     * @return when every process will know; fails with {@link Unavailable} when that cannot be made sure
     */
    public Uni<Void> invalidate(List<WindowRef> rankings) {
        List<WindowRef> windows = windowsOf(rankings);
        inRedis.takeOutOfUse(windows);
        return staleWindows.add(windows);
    }

    /**
     * Something that is about to be acknowledged could not be carried into windows: they are not read until
     * they have been loaded anew. Where that cannot be made sure nothing may be acknowledged, and they are read on: they
     * have all that was, and PostgreSQL, which does not answer, could not take their place.
     *
     * @return when every process will know; fails with {@link Unavailable} when that cannot be made sure
     */
    public Uni<Void> markStale(List<WindowRef> rankings) {
        List<WindowRef> windows = windowsOf(rankings);
        return staleWindows.addOnceWrittenDown(windows).invoke(() -> inRedis.takeOutOfUse(windows));
    }

    /** Rankings by several metrics may be of one window. */
    private static List<WindowRef> windowsOf(List<WindowRef> rankings) {
        return rankings.stream().map(ranking -> ranking.by(0)).distinct().toList();
    }

    /** Redis may be wrong about a window, but not about anything acknowledged: it is read on, and loaded anew soon. */
    public void markUncertain(WindowRef window) {
        staleWindows.addReadable(window);
    }

    /** Loads a window in the background, if nobody is at it; others are likely to be missing, too. */
    public void request(WindowRef window) {
        missed = true;
        staleWindows.load(window, this::loadNow);
    }

    /** Windows that this process does not read from Redis until they are loaded again. */
    public int staleWindows() {
        return staleWindows.size();
    }

    /** Whether a window has been missed since this was asked last. */
    boolean takeMissed() {
        boolean taken = missed;
        missed = false;
        return taken;
    }

    /** Declared complete while it is empty: then the first player's answer has a rank already. */
    @Override
    public Uni<Void> prepare(WindowRef opened) {
        return ensureLoaded(opened);
    }

    /** Loads a window only if Redis cannot answer for it. */
    Uni<Void> ensureLoaded(WindowRef window) {
        return Multi.createFrom()
                .iterable(window.byEachMetric())
                .onItem()
                .transformToUniAndConcatenate(ranking -> rankings.page(ranking, 0, 1))
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure(NotLoaded.class)
                .recoverWithUni(
                        () -> staleWindows.once(window, () -> loadNow(window)).replaceWithVoid());
    }

    /** Who has missed a window may have done so a moment before a load of it ended: what is complete then stays. */
    private Uni<Long> loadNow(WindowRef window) {
        return staleWindows.knows(window)
                ? staleWindows.settledBy(window, loader.load(window, When.ANY))
                : loader.load(window, When.MISSING);
    }

    /**
     * Loads a window.
     *
     * @return the number of standings loaded, or -1 when another process is at it
     */
    public Uni<Long> rebuild(WindowRef window) {
        return staleWindows.once(window, () -> staleWindows.settledBy(window, loader.load(window, When.ANY)));
    }
}
