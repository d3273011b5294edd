package dev.laurel.standings.load;

import dev.laurel.platform.async.Contexts;
import dev.laurel.shared.Period;
import dev.laurel.standings.load.StaleWindowTracker.Mark;
import dev.laurel.standings.window.WindowRef;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Loads stale windows again until each is settled, as {@link StaleWindowTracker} decides, and keeps what this process knows of
 * them the same as the list in PostgreSQL. Counts the loads under way, for whatever reason they have begun.
 */
@ApplicationScoped
public class StaleWindowLoader {
    private static final Logger LOG = Logger.getLogger(StaleWindowLoader.class);

    /** Loads at the same time in this process: each keeps a connection to both stores busy. */
    private static final int MAX_LOADS = 4;

    private static final Duration LEFT_TO_OTHERS = Duration.ofMillis(250);

    private final StaleWindows list;
    private final StaleWindowTracker tracker;
    private final ConcurrentMap<Key, CompletableFuture<Long>> loading = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile Function<WindowRef, Uni<Long>> rebuild =
            window -> Uni.createFrom().item(0L);

    StaleWindowLoader(StaleWindows list, Repairs repairs) {
        this.list = list;
        this.tracker = new StaleWindowTracker(() -> repairs.suspected(1));
        repairs.watch(tracker.asMap());
    }

    void onRetry(Function<WindowRef, Uni<Long>> rebuild) {
        this.rebuild = rebuild;
    }

    /** Whether a window must not be read from Redis. */
    boolean contains(WindowRef window) {
        return tracker.isUnreadable(window);
    }

    /** Whether Redis may be behind in a window, readable or not. */
    boolean knows(WindowRef window) {
        return tracker.isStale(window);
    }

    /** What Redis has of windows is wrong: this process knows at once, the others when the answer is there. */
    Uni<Void> add(List<WindowRef> windows) {
        return writeDown(windows, false);
    }

    /**
     * Redis lacks something of windows that is acknowledged once that is written down. Until then this process,
     * too, reads them on; if it cannot be written down, they are as after {@link #addReadable}.
     */
    Uni<Void> addOnceWrittenDown(List<WindowRef> windows) {
        return writeDown(windows, true);
    }

    private Uni<Void> writeDown(List<WindowRef> windows, boolean readable) {
        return Uni.createFrom().deferred(() -> {
            windows.forEach(window -> tracker.markBeingListed(window, readable));
            return list.mark(windows)
                    .invoke(numbers -> numbers.forEach(tracker::markListed))
                    .onTermination()
                    .invoke((marked, failure, cancelled) -> {
                        if (failure != null || cancelled) {
                            windows.forEach(window -> tracker.mark(window, readable));
                        }
                    })
                    .replaceWithVoid();
        });
    }

    /** Redis may be wrong about a window, but not about anything that was acknowledged. */
    void addReadable(WindowRef window) {
        tracker.mark(window, true);
    }

    public int size() {
        return tracker.size();
    }

    /**
     * Runs a load in the background unless one of this window, or too many, are under way in this process, or the window is
     * just being written down: all the work would be done again.
     */
    void load(WindowRef window, Function<WindowRef, Uni<Long>> work) {
        Mark known = tracker.before(window);
        if (known != null && known.isBeingListed() || loads.get() >= MAX_LOADS || loading.containsKey(Key.of(window))) {
            return;
        }
        loads.incrementAndGet();
        once(window, () -> work.apply(window).call(StaleWindowLoader::leaveToOthers))
                .onTermination()
                .invoke(loads::decrementAndGet)
                .subscribe()
                .with(
                        players -> goOn(known != null && players >= 0),
                        e -> LOG.debugf("A load did not end: %s", e.getMessage()));
    }

    /** Another process is at it: to ask again and again would only keep it from its work. */
    private static Uni<?> leaveToOthers(long players) {
        return players >= 0
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().nullItem().onItem().delayIt().by(LEFT_TO_OTHERS);
    }

    /** One load of a window at a time in this process, whatever for; a caller that comes meanwhile waits for its result. */
    Uni<Long> once(WindowRef window, Supplier<Uni<Long>> load) {
        Key key = Key.of(window);
        return Uni.createFrom()
                .deferred(() -> Contexts.once(
                        loading, key, () -> load.get().onTermination().invoke(() -> loading.remove(key))));
    }

    /** A load of a window, by whomever: it settles what was known of it before, if it ends well. */
    Uni<Long> settledBy(WindowRef window, Uni<Long> load) {
        return Uni.createFrom().deferred(() -> {
            Mark before = tracker.before(window);
            return load.call(players -> settle(before, players));
        });
    }

    private Uni<Void> settle(Mark before, long players) {
        if (players < 0 || before == null) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> off =
                before.number() == 0 ? Uni.createFrom().voidItem() : list.clear(before.window(), before.number());
        return off.invoke(() -> tracker.settle(before));
    }

    /** The stores are there again: the next stale window need not wait for the timer. Where another one loads, it has to. */
    private void goOn(boolean healed) {
        if (healed) {
            loadAll();
        }
    }

    private void loadAll() {
        tracker.forEach(window -> load(window, rebuild));
    }

    @Scheduled(identity = "suspects", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> retry() {
        return list.all()
                .invoke(tracker::adopt)
                .onFailure()
                .invoke(e -> LOG.debugf("The list of stale windows is out of reach: %s", e.getMessage()))
                .onFailure()
                .recoverWithItem(List.of())
                .invoke(this::loadAll)
                .replaceWithVoid();
    }

    private record Key(int board, Period period, long window) {
        static Key of(WindowRef window) {
            return new Key(window.board().id(), window.period(), window.key());
        }
    }
}
