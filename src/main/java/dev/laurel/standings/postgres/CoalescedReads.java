package dev.laurel.standings.postgres;

import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.async.Contexts;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Reads waiting at a {@link Bulkhead} for the same key are served by one query. A read never joins one that has begun,
 * which may not see what has been acknowledged since. So the busier it gets, the more reads one query serves, and the
 * wait depends on the number of distinct keys, not on the number of callers.
 *
 * @param <K> what is read
 * @param <I> what tells apart the callers that read the same
 * @param <T> the result for all of them
 */
final class CoalescedReads<K, I, T> {
    /** Beyond this many callers a new group begins. */
    private static final int MOST = 1_000;

    private final Duration patience;
    private final String refusal;
    private final ConcurrentHashMap<K, Group<I, T>> waiting = new ConcurrentHashMap<>();

    /**
     * @param patience how long a caller waits for a result
     * @param refusal the message for a caller that has waited in vain
     */
    CoalescedReads(Duration patience, String refusal) {
        this.patience = patience;
        this.refusal = refusal;
    }

    /**
     * Reads an item together with the others that wait for the same key.
     *
     * @param work reads everything collected by the time the bulkhead admits it
     * @return fails with {@link Unavailable} when the bulkhead refuses or the patience has run out, and as the work
     *     does
     */
    Uni<T> ask(Bulkhead bulkhead, K key, I item, Function<List<I>, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> {
                    Group<I, T> group = waiting.compute(key, (same, known) -> {
                        Group<I, T> joined = known == null || known.items.size() >= MOST ? new Group<>() : known;
                        joined.items.add(item);
                        joined.asking++;
                        return joined;
                    });
                    if (group.begins()) {
                        begin(bulkhead, key, group, work);
                    }
                    return Contexts.await(group.answer).onCancellation().invoke(() -> leave(key, group));
                })
                .ifNoItem()
                .after(patience)
                .failWith(() -> Unavailable.overloaded(refusal));
    }

    private void begin(Bulkhead bulkhead, K key, Group<I, T> group, Function<List<I>, Uni<T>> work) {
        bulkhead.run(Uni.createFrom().deferred(() -> work(key, group, work)))
                .onFailure()
                .invoke(() -> waiting.remove(key, group))
                .subscribe()
                .with(group.answer::complete, group.answer::completeExceptionally);
    }

    private Uni<T> work(K key, Group<I, T> group, Function<List<I>, Uni<T>> work) {
        waiting.computeIfPresent(key, (same, known) -> known == group ? null : known);
        return group.asking == 0
                ? Uni.createFrom().failure(new CancellationException("All callers have cancelled"))
                : work.apply(group.items);
    }

    private void leave(K key, Group<I, T> group) {
        waiting.computeIfPresent(key, (same, known) -> {
            group.asking -= known == group ? 1 : 0;
            return known;
        });
    }

    /**
     * The callers waiting for the same key. Changed only under its key in the map, and never after it has been removed
     * from there.
     */
    private static final class Group<I, T> {
        final CompletableFuture<T> answer = new CompletableFuture<>();
        final List<I> items = new ArrayList<>();
        int asking;
        private boolean begun;

        /** True for the first caller only. */
        synchronized boolean begins() {
            boolean first = !begun;
            begun = true;
            return first;
        }
    }
}
