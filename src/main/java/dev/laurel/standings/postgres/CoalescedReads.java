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
 * Reads that wait at a {@link Bulkhead} for the same are answered by one. Nobody joins a read that has begun: it may not see
 * what was acknowledged since. So the busier it gets, the more are answered at once, and how long somebody waits depends on
 * how much is asked for, not on how many ask.
 *
 * @param <K> what is asked for
 * @param <I> what tells those who ask for the same apart
 * @param <T> the answer for all of them
 */
final class CoalescedReads<K, I, T> {
    /** Over this many the next ones are gathered anew. */
    private static final int MOST = 1_000;

    private final Duration patience;
    private final String refusal;
    private final ConcurrentHashMap<K, Group<I, T>> waiting = new ConcurrentHashMap<>();

    /**
     * @param patience how long somebody waits for an answer
     * @param refusal what whoever has waited in vain is told
     */
    CoalescedReads(Duration patience, String refusal) {
        this.patience = patience;
        this.refusal = refusal;
    }

    /**
     * Asks.
     *
     * @param work answers for all that have been gathered when the bulkhead lets one in
     * @return fails with {@link Unavailable} when the bulkhead refuses or the patience has ended, and as the work does
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

    /** Those who wait for the same. Changed under its key in the map only, and by nobody when it has gone from there. */
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
