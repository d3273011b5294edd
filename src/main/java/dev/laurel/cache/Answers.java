package dev.laurel.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Finished responses by request. Keys carry a stamp that changes with the data, so a response outdated by this process
 * is never found; changes by other processes are seen once the time to live of an entry has passed.
 */
@ApplicationScoped
public class Answers {
    private static final int KIBIBYTE = 1024;

    private final NearCache<Object, Answer> cache;
    private final LongAdder asked = new LongAdder();
    private final LongAdder loaded = new LongAdder();

    Answers(CacheConfig config, MeterRegistry meters) {
        this.cache = NearCache.weighed(
                "rankings", config.answers().asLongValue() / KIBIBYTE, Answers::weight, config.answersFor(), meters);
    }

    /** In kibibytes. */
    private static int weight(Answer answer) {
        return 1 + answer.body().length / KIBIBYTE;
    }

    public Uni<Answer> get(Object key, Supplier<Uni<Answer>> loader) {
        asked.increment();
        return cache.get(key, () -> {
            loaded.increment();
            return loader.get();
        });
    }

    /** The cache hits and misses of this process. */
    public Counts counts() {
        long misses = loaded.sum();
        return new Counts(Math.max(0, asked.sum() - misses), misses);
    }

    /** Forgets everything. */
    public void clear() {
        cache.clear();
    }

    /** Number of responses in the cache. */
    public int size() {
        return cache.size();
    }

    /** Responses found and responses loaded since startup. */
    public record Counts(long hits, long misses) {}
}
