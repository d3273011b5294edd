package dev.laurel.cache.memory;

import dev.laurel.cache.CacheConfig;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.ManagedCache;
import dev.laurel.cache.registry.ManagedCache.Demand;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Gauge;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/**
 * Bounds what all caches of this process take together. Their shares follow once a second what each of them needs; between two
 * times each is bounded by its share, so all together are at any time.
 */
@ApplicationScoped
public class CacheMemory {
    /** Of the heap, unless the bound is set: the rest is for requests, and for what else the process knows. */
    private static final int SHARE_OF_HEAP = 3;

    private final Caches caches;
    private final long most;

    CacheMemory(Caches caches, CacheConfig config) {
        this.caches = caches;
        this.most = config.maxBytes()
                .map(set -> set.asLongValue())
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        Gauge.builder(Meters.CACHE_MAX_BYTES, this, CacheMemory::most).register(caches.meters());
    }

    /** Bytes that all caches may take together. */
    public long most() {
        return most;
    }

    /** On a worker thread: each cache finishes what it has put off, before it is measured. */
    @Scheduled(identity = "cache-memory", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void divide() {
        List<ManagedCache> all = caches.all();
        List<Demand> demands = all.stream().map(ManagedCache::demand).toList();
        long[] shares = MemoryShares.of(most, demands);
        for (int i = 0; i < shares.length; i++) {
            all.get(i).limit(shares[i]);
        }
    }
}
