package dev.laurel.standings;

import dev.laurel.shared.Period;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The windows of which this process knows that Redis may be behind, and the loads under way. A suspect is loaded again
 * and again until a load that began after the suspicion has ended well.
 */
@ApplicationScoped
class Suspects {
    private static final Logger LOG = Logger.getLogger(Suspects.class);

    /** Loads at the same time in this process: each keeps a connection to both stores busy. */
    private static final int MAX_LOADS = 2;

    private final Map<Key, Suspicion> suspects = new ConcurrentHashMap<>();
    private final Map<Key, Boolean> loading = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile Function<WindowRef, Uni<Long>> rebuild =
            window -> Uni.createFrom().item(0L);

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

    /** Redis lacks something that was acknowledged. */
    void add(WindowRef window) {
        suspects.put(Key.of(window), new Suspicion(window, false));
    }

    /** Redis may lack something, but nothing that was acknowledged. */
    void addReadable(WindowRef window) {
        suspects.merge(
                Key.of(window), new Suspicion(window, true), (before, now) -> new Suspicion(window, before.readable));
    }

    int size() {
        return suspects.size();
    }

    /** Runs a load in the background unless one of this window, or too many, are under way in this process. */
    void load(WindowRef window, Function<WindowRef, Uni<Long>> work) {
        Key key = Key.of(window);
        if (loads.get() >= MAX_LOADS || loading.putIfAbsent(key, Boolean.TRUE) != null) {
            return;
        }
        loads.incrementAndGet();
        Suspicion before = suspects.get(key);
        work.apply(window)
                .onTermination()
                .invoke(() -> {
                    loading.remove(key);
                    loads.decrementAndGet();
                })
                .subscribe()
                .with(
                        players -> settle(key, before, players),
                        e -> LOG.debugf("A load did not end: %s", e.getMessage()));
    }

    private void settle(Key key, Suspicion before, long players) {
        if (players >= 0 && before != null) {
            // A suspicion that arose during the load stays.
            suspects.remove(key, before);
            // The stores are there again: the next one need not wait for the timer.
            retry();
        }
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void retry() {
        suspects.values().forEach(suspicion -> load(suspicion.window, rebuild));
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

        Suspicion(WindowRef window, boolean readable) {
            this.window = window;
            this.readable = readable;
        }
    }
}
