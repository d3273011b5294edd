package dev.laurel.cache;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Finished answers by what was asked. One loader works for each key while others wait for it. Keys carry a stamp that
 * changes with the data, so an answer that is outdated in this process is not found any more; what other processes
 * change is seen when the time to live of an entry has passed.
 */
@ApplicationScoped
public class Answers {
    private final Cache cache;
    private final LongAdder asked = new LongAdder();
    private final LongAdder loaded = new LongAdder();

    Answers(@CacheName("rankings") Cache cache) {
        this.cache = cache;
    }

    public Uni<Answer> get(Object key, Supplier<Uni<Answer>> loader) {
        asked.increment();
        return cache.getAsync(key, ignored -> {
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
    public Uni<Void> clear() {
        return cache.invalidateAll();
    }

    /** Number of answers kept. */
    public int size() {
        return cache.as(CaffeineCache.class).keySet().size();
    }

    /** Answers found and answers loaded since the start. */
    public record Counts(long hits, long misses) {}
}
