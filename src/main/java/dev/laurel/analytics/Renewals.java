package dev.laurel.analytics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Computes answers again that an event has outdated, before they are asked for: those that were read from the cache since they
 * were computed. One after another in each process, so that they take no more than one connection of others.
 *
 * <p>People look at their figures when they have done something, so that without this the first look after each event waits.
 */
class Renewals {
    private static final Logger LOG = Logger.getLogger(Renewals.class);

    /** Questions about one player on one board that are remembered. */
    private static final int MAX_QUESTIONS = 4;

    private final int max;
    private final Cache<Object, Map<List<?>, Supplier<Uni<Void>>>> read;
    private final Queue<Supplier<Uni<Void>>> waiting = new ArrayDeque<>();
    private boolean working;

    /** @param max how many answers may wait to be computed, and so many subjects are remembered; 0 for none */
    Renewals(int max) {
        this.max = max;
        this.read = Caffeine.newBuilder().maximumSize(10L * max).build();
    }

    /** Notes that an answer was read from the cache. */
    void read(Object subject, List<?> question, Supplier<Uni<Void>> again) {
        if (max == 0) {
            return;
        }
        Map<List<?>, Supplier<Uni<Void>>> questions = read.get(subject, key -> new ConcurrentHashMap<>(MAX_QUESTIONS));
        if (questions.size() < MAX_QUESTIONS) {
            questions.putIfAbsent(question, again);
        }
    }

    /** Has what was read of a subject computed again. */
    void outdated(Object subject) {
        Map<List<?>, Supplier<Uni<Void>>> questions = read.asMap().remove(subject);
        if (questions == null) {
            return;
        }
        boolean idle;
        synchronized (waiting) {
            questions.values().stream().limit(max - waiting.size()).forEach(waiting::add);
            idle = !working && !waiting.isEmpty();
            working |= idle;
        }
        if (idle) {
            work().subscribe().with(done -> {}, failure -> LOG.error("Answers are no longer computed again", failure));
        }
    }

    private Uni<Void> work() {
        return Uni.createFrom()
                .deferred(this::next)
                .repeat()
                .until(done -> done)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Computes the answer that has waited longest; returns whether there was none. */
    private Uni<Boolean> next() {
        Supplier<Uni<Void>> again;
        synchronized (waiting) {
            again = waiting.poll();
            working = again != null;
        }
        if (again == null) {
            return Uni.createFrom().item(true);
        }
        return Uni.createFrom()
                .deferred(again::get)
                .onFailure()
                .invoke(failure -> LOG.debugf("An answer is not computed again: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWith(false);
    }
}
