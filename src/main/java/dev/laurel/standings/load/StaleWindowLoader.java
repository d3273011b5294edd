package dev.laurel.standings.load;

import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.tenant.VisibleRows;
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
 * Reloads stale windows until each is settled, as {@link StaleWindowTracker} decides, and keeps this process's view of
 * them in line with the list in PostgreSQL. Counts the loads in progress, whatever their reason.
 */
@ApplicationScoped
public class StaleWindowLoader {
    private static final Logger LOG = Logger.getLogger(StaleWindowLoader.class);

    /** Concurrent loads in this process: each keeps a connection to both stores busy. */
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
        this.tracker = new StaleWindowTracker(() -> repairs.markedStale(1));
        repairs.watch(tracker.asMap());
    }

    void onRetry(Function<WindowRef, Uni<Long>> rebuild) {
        this.rebuild = rebuild;
    }

    /** Whether a window must not be read from Redis. */
    boolean contains(WindowRef window) {
        return tracker.isUnreadable(window);
    }

    /** Whether Redis may lag behind in a window, readable or not. */
    boolean knows(WindowRef window) {
        return tracker.isStale(window);
    }

    /**
     * Marks windows that are wrong in Redis: effective in this process at once, in the others when the returned Uni
     * completes.
     */
    Uni<Void> add(List<WindowRef> windows) {
        return writeDown(windows, false);
    }

    /**
     * Marks windows that lack something in Redis which is acknowledged once the mark is recorded. Until then this
     * process, too, keeps reading them; if the mark cannot be recorded, they are treated as after {@link #addReadable}.
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

    /** Marks a window that may be wrong in Redis, though not about anything acknowledged. */
    void addReadable(WindowRef window) {
        tracker.mark(window, true);
    }

    public int size() {
        return tracker.size();
    }

    /**
     * Runs a load in the background, unless a load of this window or too many loads are in progress in this process, or
     * the mark of the window is just being recorded: the load would have to be repeated.
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
                        e -> LOG.debugf("A load failed: %s", e.getMessage()));
    }

    /** Another process is loading it: retrying in a loop would only slow that down. */
    private static Uni<?> leaveToOthers(long players) {
        return players >= 0
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().nullItem().onItem().delayIt().by(LEFT_TO_OTHERS);
    }

    /**
     * Runs at most one load of a window at a time in this process, whatever its purpose; later callers wait for its
     * result.
     */
    Uni<Long> once(WindowRef window, Supplier<Uni<Long>> load) {
        Key key = Key.of(window);
        return Uni.createFrom()
                .deferred(() -> Contexts.once(
                        loading, key, () -> load.get().onTermination().invoke(() -> loading.remove(key))));
    }

    /** When the load of a window has ended that is in progress in this process now, if there is one. */
    Uni<Void> idle(WindowRef window) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Long> running = loading.get(Key.of(window));
            return running == null
                    ? Uni.createFrom().voidItem()
                    : Contexts.await(running).replaceWithVoid().onFailure().recoverWithNull();
        });
    }

    /** Wraps any load of a window: if it succeeds, it settles the marks made before it began. */
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

    /**
     * The stores are back, so the next stale window need not wait for the timer, unless another process is loading.
     */
    private void goOn(boolean healed) {
        if (healed) {
            VisibleRows.duringAll(() -> Uni.createFrom().voidItem().invoke(this::loadAll))
                    .subscribe()
                    .with(ignored -> {}, e -> LOG.debugf("Loads could not begin: %s", e.getMessage()));
        }
    }

    private void loadAll() {
        tracker.forEach(window -> load(window, rebuild));
    }

    @Scheduled(identity = "stale-windows", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> retry() {
        return list.all()
                .invoke(tracker::adopt)
                .onFailure()
                .invoke(e -> LOG.debugf("The list of stale windows is unavailable: %s", e.getMessage()))
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
