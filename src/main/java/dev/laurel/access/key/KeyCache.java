package dev.laurel.access.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.access.Caller;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The keys that were used lately, and secrets that are none. A key stays until it is evicted: {@link KeyChanges} learns of every
 * revocation, and {@link KeyRechecks} of what nobody is told. Not one of the caches that operators drop or that leave when Redis is unavailable: clients would be refused.
 */
@Singleton
class KeyCache {
    private static final int MAX_UNKNOWN = 10_000;

    /** A secret that is no key now will not be one later, unless a backup is restored. */
    private static final Duration UNKNOWN = Duration.ofMinutes(1);

    private final Cache<Secret.Digest, Known> known;
    private final Cache<Secret.Digest, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(MAX_UNKNOWN)
            .expireAfterWrite(UNKNOWN)
            .build();

    KeyCache(KeyConfig config, MeterRegistry meters) {
        this.known = Caffeine.newBuilder().maximumSize(config.cached()).build();
        Gauge.builder(Meters.KEYS_CACHED, known, Cache::estimatedSize).register(meters);
    }

    /** The key of a secret; null when it is not in memory. */
    Known known(Secret.Digest secret) {
        return known.getIfPresent(secret);
    }

    boolean isUnknown(Secret.Digest secret) {
        return unknown.getIfPresent(secret) != null;
    }

    void add(Secret.Digest secret, Known key) {
        known.put(secret, key);
    }

    void addUnknown(Secret.Digest secret) {
        unknown.put(secret, true);
    }

    /** Evicts a key that was revoked. */
    void revoked(Secret.Digest secret) {
        known.invalidate(secret);
    }

    /** The same, for one of which only the public id is known. */
    void revoked(String id) {
        known.asMap().values().removeIf(key -> key.caller().name().equals(id));
    }

    /** All that are in memory now. */
    Map<Secret.Digest, Known> all() {
        return Map.copyOf(known.asMap());
    }

    /** Evicts a key, unless it has changed meanwhile. */
    void evict(Secret.Digest secret, Known key) {
        known.asMap().remove(secret, key);
    }

    void clear() {
        known.invalidateAll();
        unknown.invalidateAll();
    }

    /**
     * A key as requests need it.
     *
     * @param expiresAt null for never
     */
    record Known(long number, Caller caller, Instant expiresAt) {
        static Known of(ApiKey key, String tenantName) {
            return new Known(
                    key.number(), key.caller(tenantName), key.expiresAt().orElse(null));
        }

        boolean isExpired(Instant now) {
            return expiresAt != null && !now.isBefore(expiresAt);
        }
    }
}
