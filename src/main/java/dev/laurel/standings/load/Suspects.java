package dev.laurel.standings.load;

import dev.laurel.platform.Contexts;
import dev.laurel.shared.Period;
import dev.laurel.standings.load.StaleWindows.Marked;
import dev.laurel.standings.window.WindowRef;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The windows of which it is known that Redis may be behind, by this process or by another, and the loads under way. A
 * suspect is loaded again and again until a load that began after the suspicion has ended well.
 */
@ApplicationScoped
public class Suspects {
    private static final Logger LOG = Logger.getLogger(Suspects.class);

    /** Loads at the same time in this process: each keeps a connection to both stores busy. */
    private static final int MAX_LOADS = 4;

    private static final Duration LEFT_TO_OTHERS = Duration.ofMillis(250);

    private final StaleWindows stale;
    private final Repairs repairs;
    private final Map<Key, Suspicion> suspects = new ConcurrentHashMap<>();
    private final ConcurrentMap<Key, CompletableFuture<Long>> loading = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile Function<WindowRef, Uni<Long>> rebuild =
            window -> Uni.createFrom().item(0L);

    Suspects(StaleWindows stale, Repairs repairs) {
        this.stale = stale;
        this.repairs = repairs;
        repairs.watch(suspects);
    }

    void onRetry(Function<WindowRef, Uni<Long>> rebuild) {
        this.rebuild = rebuild;
    }

    /** Whether a window must not be read from Redis. */
    boolean contains(WindowRef window) {
        if (suspects.isEmpty()) {
            return false;
        }
        Suspicion suspicion = suspects.get(Key.of(window));
        return suspicion != null && !suspicion.readable;
    }

    /** Whether Redis may be behind in a window, readable or not. */
    boolean knows(WindowRef window) {
        return suspects.containsKey(Key.of(window));
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
            windows.forEach(window -> suspect(new Suspicion(window, readable, 0, true)));
            return stale.mark(windows)
                    .invoke(marks ->
                            marks.forEach((window, count) -> suspect(new Suspicion(window, false, count, false))))
                    .onTermination()
                    .invoke((marked, failure, cancelled) -> {
                        if (failure != null || cancelled) {
                            windows.forEach(window -> suspect(new Suspicion(window, readable, 0, false)));
                        }
                    })
                    .replaceWithVoid();
        });
    }

    /** Redis may be wrong about a window, but not about anything that was acknowledged. */
    void addReadable(WindowRef window) {
        suspect(new Suspicion(window, true, 0, false));
    }

    private void suspect(Suspicion suspicion) {
        if (suspects.merge(Key.of(suspicion.window), suspicion, Suspicion::followedBy) == suspicion) {
            repairs.suspected(1);
        }
    }

    public int size() {
        return suspects.size();
    }

    /**
     * Runs a load in the background unless one of this window, or too many, are under way in this process. A load that
     * begins while the suspicion is being written down could not settle it, and all its work would be done again.
     */
    void load(WindowRef window, Function<WindowRef, Uni<Long>> work) {
        Key key = Key.of(window);
        Suspicion known = suspects.get(key);
        if (known != null && known.beingWrittenDown || loads.get() >= MAX_LOADS || loading.containsKey(key)) {
            return;
        }
        loads.incrementAndGet();
        once(window, () -> work.apply(window).call(Suspects::leaveToOthers))
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

    /** One load of a window at a time in this process, whatever for; who comes meanwhile waits for its result. */
    Uni<Long> once(WindowRef window, Supplier<Uni<Long>> load) {
        Key key = Key.of(window);
        return Uni.createFrom()
                .deferred(() -> Contexts.once(
                        loading, key, () -> load.get().onTermination().invoke(() -> loading.remove(key))));
    }

    /** A load of a window, by whomever: it settles the suspicion there was before it, if it ends well. */
    Uni<Long> settledBy(WindowRef window, Uni<Long> load) {
        Key key = Key.of(window);
        return Uni.createFrom().deferred(() -> {
            Suspicion before = suspects.get(key);
            return load.call(players -> settle(key, before, players));
        });
    }

    /** A suspicion that arose during the load stays, here and on the list. */
    private Uni<Void> settle(Key key, Suspicion before, long players) {
        if (players < 0 || before == null) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> off = before.marks == 0 ? Uni.createFrom().voidItem() : stale.clear(before.window, before.marks);
        return off.invoke(() -> suspects.remove(key, before));
    }

    /** The stores are there again: the next suspect need not wait for the timer. Where another one loads, it has to. */
    private void goOn(boolean healed) {
        if (healed) {
            loadAll();
        }
    }

    private void loadAll() {
        suspects.values().forEach(suspicion -> load(suspicion.window, rebuild));
    }

    @Scheduled(identity = "suspects", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> retry() {
        return stale.all()
                .invoke(this::adopt)
                .onFailure()
                .invoke(e -> LOG.debugf("The list of stale windows is out of reach: %s", e.getMessage()))
                .onFailure()
                .recoverWithItem(List.of())
                .invoke(this::loadAll)
                .replaceWithVoid();
    }

    /** Takes over what others have written down, and drops what others have healed. */
    private void adopt(List<Marked> listed) {
        for (Marked one : listed) {
            Suspicion told = new Suspicion(one.window(), false, one.marks(), false);
            suspects.merge(Key.of(one.window()), told, Suspicion::joinedBy);
        }
        Set<Key> onList = listed.stream().map(one -> Key.of(one.window())).collect(Collectors.toSet());
        suspects.forEach((key, known) -> {
            if (known.listed && !known.beingWrittenDown && !onList.contains(key)) {
                suspects.remove(key, known);
            }
        });
        suspects.forEach((key, known) -> known.listed |= onList.contains(key));
    }

    private record Key(int board, Period period, long window) {
        static Key of(WindowRef window) {
            return new Key(window.board().id(), window.period(), window.key());
        }
    }

    /** Compared by identity: every suspicion is another one. */
    private static final class Suspicion {
        final WindowRef window;
        final boolean readable;

        /** Under which number the window was written down last; 0 while this process does not know. */
        final long marks;

        final boolean beingWrittenDown;

        /** Whether it has been seen on the list, so that its absence there means something. */
        volatile boolean listed;

        Suspicion(WindowRef window, boolean readable, long marks, boolean beingWrittenDown) {
            this.window = window;
            this.readable = readable;
            this.marks = marks;
            this.beingWrittenDown = beingWrittenDown;
        }

        /** What is known once something new is: no doubt makes a window readable again. */
        Suspicion followedBy(Suspicion now) {
            return new Suspicion(
                    now.window, readable && now.readable, now.marks == 0 ? marks : now.marks, now.beingWrittenDown);
        }

        /** What is known once the list tells as much as this, which may be nothing new. */
        Suspicion joinedBy(Suspicion listed) {
            return !readable && marks >= listed.marks
                    ? this
                    : new Suspicion(listed.window, false, listed.marks, beingWrittenDown);
        }
    }
}
