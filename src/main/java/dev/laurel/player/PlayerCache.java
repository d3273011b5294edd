package dev.laurel.player;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Records of players in the memory of this process. That a player has none is kept, too. {@link PlayerChanges} forgets those
 * that have changed; while it cannot look, nothing is read from here.
 */
@ApplicationScoped
public class PlayerCache {
    /** How long records are trusted although nobody could look for changes. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final CaffeineCache records;
    private final PlayerConfig config;
    private final LongAdder asked = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private volatile long lookedAt = System.nanoTime();

    PlayerCache(@CacheName("players") Cache records, PlayerConfig config) {
        this.records = records.as(CaffeineCache.class);
        this.config = config;
    }

    /** What is known of a player; one loader works for each while others wait for it, and failures are not kept. */
    Uni<Optional<Player>> get(PlayerKey key, Supplier<Uni<Optional<Player>>> loader) {
        asked.increment();
        if (!isTrusted()) {
            return missing(loader);
        }
        return records.getAsync(key, absent -> missing(loader));
    }

    private Uni<Optional<Player>> missing(Supplier<Uni<Optional<Player>>> loader) {
        missed.increment();
        return loader.get();
    }

    private boolean isTrusted() {
        return System.nanoTime() - lookedAt < PATIENCE_NANOS;
    }

    /** Forgets a player; a load that is under way is not kept either. */
    void forget(PlayerKey key) {
        records.invalidate(key).subscribe().with(done -> {}, failure -> {});
    }

    private void forgetAll() {
        records.invalidateAll().subscribe().with(done -> {}, failure -> {});
    }

    /** Changes have been looked for; after too long a pause some may have been missed. */
    void looked(boolean complete) {
        if (!complete || !isTrusted()) {
            forgetAll();
        }
        lookedAt = System.nanoTime();
    }

    /** How well the cache does its work since the process began. */
    public Statistics statistics() {
        long misses = missed.sum();
        long all = Math.max(misses, asked.sum());
        return new Statistics(
                records.keySet().size(),
                all - misses,
                misses,
                config.cachedFor().toSeconds());
    }

    /**
     * What a cache has done.
     *
     * @param cachedPlayers players it knows of now, also that they have no record
     */
    public record Statistics(long cachedPlayers, long hits, long misses, long ttlSeconds) {
        /** Hits of a hundred questions, in hundredths; 0 when nothing has been asked. */
        public double hitRatePercent() {
            long all = hits + misses;
            return all == 0 ? 0 : Math.round(10_000.0 * hits / all) / 100.0;
        }
    }
}
