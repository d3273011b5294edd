package dev.laurel.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Finished answers by what was asked. Keys carry a stamp that changes with the data, so an answer that is outdated in
 * this process is not found any more; what other processes change is seen when the time to live of an entry has passed.
 */
@ApplicationScoped
public class Answers {
    private final NearCache<Object, Answer> cache;
    private final LongAdder asked = new LongAdder();
    private final LongAdder loaded = new LongAdder();

    Answers(CacheConfig config, MeterRegistry meters) {
        this.cache = new NearCache<>("rankings", config.answers(), config.answersFor(), meters);
    }

    public Uni<Answer> get(Object key, Supplier<Uni<Answer>> loader) {
        asked.increment();
        return cache.get(key, () -> {
            loaded.increment();
            return loader.get();
        });
    }

    /** How often this process was asked, and how often it had the answer. */
    public Counts counts() {
        long misses = loaded.sum();
        return new Counts(Math.max(0, asked.sum() - misses), misses);
    }

    /** Forgets everything. */
    public void clear() {
        cache.clear();
    }

    /** Number of answers kept. */
    public int size() {
        return cache.size();
    }

    /** Answers found and answers loaded since the start. */
    public record Counts(long hits, long misses) {}
}
