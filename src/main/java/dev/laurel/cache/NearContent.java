package dev.laurel.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Policy;
import dev.laurel.cache.registry.CacheFigures.Content;
import dev.laurel.cache.registry.ManagedCache.Demand;
import dev.laurel.cache.registry.Sized;
import dev.laurel.platform.async.Contexts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a cache of this process holds, in estimated bytes, and its bound in them. */
final class NearContent<K, V> {
    /** Values whose sizes stand for those of all: they lie in the order of their hashes, so they are any. */
    private static final int SAMPLE = 64;

    /** The oldest entries that are looked at: values that are still being loaded have no age. */
    private static final int OLDEST = 16;

    /** Smaller changes of a bound are left out, for they disturb what the cache has learned about its values. */
    private static final double WORTH_A_CHANGE = 0.05;

    private final AsyncCache<K, V> values;
    private final int unitBytes;
    private final LargestWeight<V> largest;
    private final Policy.Eviction<K, V> bound;
    private final boolean weighed;
    private final long ownMaximum;

    /** Null while only the cache's own bound holds. */
    private volatile Long limit;

    NearContent(AsyncCache<K, V> values, int unitBytes, LargestWeight<V> largest) {
        this.values = values;
        this.unitBytes = unitBytes;
        this.largest = largest;
        this.bound = values.synchronous().policy().eviction().orElseThrow();
        this.weighed = bound.isWeighted();
        this.ownMaximum = bound.getMaximum();
    }

    Content now() {
        // Weights of values just loaded and expired entries are counted in a later step, which is done here first.
        values.synchronous().cleanUp();
        return new Content(entries(), bytes(), limit, oldest());
    }

    private long entries() {
        return values.synchronous().estimatedSize();
    }

    private long units() {
        return weighed ? bound.weightedSize().orElse(0) : entries();
    }

    private long bytes() {
        return units() * unit() + entries() * NearCache.ENTRY_BYTES;
    }

    /** What a unit of weight takes, or a value of a cache that does not weigh values. */
    private long unit() {
        return weighed ? unitBytes : sampled();
    }

    private long sampled() {
        long bytes = 0;
        int known = 0;
        int seen = 0;
        for (CompletableFuture<V> value : values.asMap().values()) {
            long own = Contexts.arrived(value).map(Sized::of).orElse(-1L);
            if (own >= 0) {
                bytes += own;
                known++;
            }
            if (++seen == SAMPLE) {
                break;
            }
        }
        return known == 0 ? unitBytes : bytes / known;
    }

    private Duration oldest() {
        Optional<Policy.FixedExpiration<K, V>> ages =
                values.synchronous().policy().expireAfterWrite();
        return ages.flatMap(known -> known.oldest(OLDEST).keySet().stream()
                        .flatMap(key -> known.ageOf(key).stream())
                        .filter(age -> !age.isNegative())
                        .max(Duration::compareTo))
                .orElse(null);
    }

    Demand demand() {
        values.synchronous().cleanUp();
        return new Demand(bytes(), largest.soFar() * unit() + NearCache.ENTRY_BYTES, ownMaximum * perUnit());
    }

    /** What a unit takes with its part of the entries. */
    private long perUnit() {
        long units = units();
        return units == 0 ? unitBytes + (weighed ? 0 : NearCache.ENTRY_BYTES) : Math.max(1, bytes() / units);
    }

    void limit(long bytes) {
        long wanted = Math.min(ownMaximum, Math.max(0, bytes / perUnit()));
        limit = wanted == ownMaximum ? null : bytes;
        long present = bound.getMaximum();
        if (wanted < present || wanted - present > present * WORTH_A_CHANGE) {
            bound.setMaximum(wanted);
        }
    }
}
