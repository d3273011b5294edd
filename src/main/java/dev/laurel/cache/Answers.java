package dev.laurel.cache;

import dev.laurel.cache.registry.CacheFigures.Lookups;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.function.Supplier;

/**
 * Finished responses by request. Keys carry a stamp that changes with the data, so a response outdated by this process
 * is never found; changes by other processes are seen once the time to live of an entry has passed.
 */
@Startup
@ApplicationScoped
public class Answers {
    private static final int KIBIBYTE = 1024;

    private final NearCache<Object, Answer> cache;

    Answers(CacheConfig config, Caches caches) {
        this.cache = NearCache.weighed(
                CacheKind.of("rankings", config.answersFor(), KIBIBYTE)
                        .ofRankings()
                        .byGroup(),
                config.answers().asLongValue() / KIBIBYTE,
                Answers::weight,
                caches);
    }

    /** In kibibytes. */
    private static int weight(Answer answer) {
        return 1 + answer.body().length / KIBIBYTE;
    }

    public Uni<Answer> get(Object key, Supplier<Uni<Answer>> loader) {
        return cache.get(key, loader);
    }

    /** The cache hits and misses of this process. */
    public Counts counts() {
        Lookups lookups = cache.lookups();
        return new Counts(lookups.hits(), lookups.misses());
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
