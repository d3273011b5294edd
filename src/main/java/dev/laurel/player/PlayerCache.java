package dev.laurel.player;

import dev.laurel.cache.ConfiguredCache;
import dev.laurel.cache.Freshness;
import dev.laurel.cache.registry.CacheFigures;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.shared.Tenant;
import dev.laurel.warming.ViewCounter;
import dev.laurel.warming.Views;
import dev.laurel.warming.Warmable;
import dev.laurel.warming.forecast.View;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Players' records cached in this process, including the fact that a player has none. {@link PlayerChanges} evicts
 * records that have changed; while it cannot check for changes, the cache is not read.
 */
@Startup
@ApplicationScoped
public class PlayerCache {
    private static final int STAMPS = 4096;

    /** Of a record with a name and some attributes. */
    private static final int BYTES = 600;

    private final ConfiguredCache records;
    private final PlayerConfig config;
    private final ViewCounter<PlayerKey> views;
    private final Freshness freshness = new Freshness();
    private final AtomicLong changes = new AtomicLong();

    /** Two players on one stamp only cost an extra load of what depends on one of them. */
    private final AtomicLongArray ofPlayers = new AtomicLongArray(STAMPS);

    PlayerCache(@CacheName("players") Cache records, PlayerConfig config, Caches caches, Views views) {
        this.records = new ConfiguredCache(records, BYTES, CacheKind::byPlayer, caches);
        this.config = config;
        this.views = views.counter(Warming::view);
    }

    /** Notes that somebody looks at the record of a player. */
    void seen(PlayerKey key) {
        views.seen(key);
    }

    /**
     * The cached record of a player; one loader runs for each player while other callers wait for its result, and
     * failures are not cached.
     */
    Uni<Optional<Player>> get(PlayerKey key, Supplier<Uni<Optional<Player>>> loader) {
        return records.get(freshness.isTrusted(), key, loader);
    }

    /** The cached records of those of the given players who are cached, including that they have none. */
    Map<PlayerKey, Optional<Player>> held(Collection<PlayerKey> keys) {
        if (!freshness.isTrusted()) {
            return Map.of();
        }
        Map<PlayerKey, Optional<Player>> held = new HashMap<>();
        for (PlayerKey key : keys) {
            records.<Optional<Player>>held(key).ifPresent(known -> held.put(key, known));
        }
        return held;
    }

    /** A number that grows with every change of a record that this process learns of. */
    long stamp() {
        return changes.get();
    }

    /**
     * A number that grows with every change of a player's record, and every disqualification of the player, that this process
     * learns of: what depends on them may be cached under it.
     *
     * @return empty while it cannot be checked for changes
     */
    public OptionalLong stamp(PlayerKey key) {
        return freshness.isTrusted() ? OptionalLong.of(ofPlayers.get(index(key))) : OptionalLong.empty();
    }

    private static int index(PlayerKey key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 12 ^ hash >>> 24) & (STAMPS - 1);
    }

    /** Evicts a player; the result of a load in progress is not cached either. */
    void forget(PlayerKey key) {
        records.forget(key);
        ofPlayers.incrementAndGet(index(key));
        changes.incrementAndGet();
    }

    private void forgetAll() {
        records.clear();
        for (int i = 0; i < STAMPS; i++) {
            ofPlayers.incrementAndGet(i);
        }
        changes.incrementAndGet();
    }

    /** Notes that changes have been checked for; after too long a pause some may have been missed. */
    void looked(boolean complete) {
        freshness.looked(complete, this::forgetAll);
    }

    /** The effectiveness of the cache since startup. */
    public Statistics statistics() {
        CacheFigures figures = records.figures();
        return new Statistics(
                figures.entries(),
                figures.lookups().hits(),
                figures.lookups().misses(),
                config.cachedFor().toSeconds());
    }

    /**
     * The figures of a cache.
     *
     * @param cachedPlayers players currently cached, including those known to have no record
     */
    public record Statistics(long cachedPlayers, long hits, long misses, long ttlSeconds) {
        /** Hits in percent of all lookups, with two decimals; 0 before the first lookup. */
        public double hitRatePercent() {
            long all = hits + misses;
            return all == 0 ? 0 : Math.round(10_000.0 * hits / all) / 100.0;
        }
    }

    /** Loads the records of players who are going to be looked at. */
    @ApplicationScoped
    static class Warming implements Warmable {
        private static final String KIND = "players";

        private final PlayerCache cache;
        private final Players players;
        private final PlayerConfig config;

        Warming(PlayerCache cache, Players players, PlayerConfig config) {
            this.cache = cache;
            this.players = players;
            this.config = config;
        }

        static View view(PlayerKey key) {
            return new View(KIND, key.tenant(), key.id(), key.id());
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Reach reach() {
            return Reach.PROCESS;
        }

        @Override
        public Duration keptFor() {
            return config.cachedFor();
        }

        @Override
        public Uni<List<String>> load(Tenant tenant, List<String> subjects) {
            List<PlayerKey> keys =
                    subjects.stream().map(id -> new PlayerKey(tenant, id)).toList();
            Map<PlayerKey, Optional<Player>> held = cache.held(keys);
            List<PlayerKey> missing =
                    keys.stream().filter(key -> !held.containsKey(key)).toList();
            return missing.isEmpty()
                    ? Uni.createFrom().item(List.of())
                    : players.load(tenant, missing)
                            .replaceWith(missing.stream().map(PlayerKey::id).toList());
        }
    }
}
