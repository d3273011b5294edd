package dev.laurel.cache.memory;

import dev.laurel.cache.registry.ManagedCache.Demand;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a number of bytes among caches. Each is entitled to a share by the weight of its own bound. What a cache does not need
 * of its share, others get that need more; what nobody needs is divided by the same weights, as room to grow until the next time.
 * So the shares together never exceed the whole, and none exceeds what its cache could take.
 */
final class MemoryShares {
    private static final int GROWTH = 4;
    private static final int LARGE_VALUES = 2;

    private final List<Demand> demands;
    private final long[] shares;

    private MemoryShares(List<Demand> demands) {
        this.demands = demands;
        this.shares = new long[demands.size()];
    }

    /** The shares of a whole, in the order of the demands. */
    static long[] of(long whole, List<Demand> demands) {
        MemoryShares divided = new MemoryShares(demands);
        long left = whole - divided.give(whole, true);
        divided.give(left, false);
        return divided.shares;
    }

    /** A quarter more than it has, and room for two of its largest values. */
    private static long needed(Demand demand) {
        return Math.min(
                demand.most(), demand.used() + demand.used() / GROWTH + Math.max(1, LARGE_VALUES * demand.largest()));
    }

    private long missing(int cache, boolean neededOnly) {
        Demand demand = demands.get(cache);
        return Math.max(0, (neededOnly ? needed(demand) : demand.most()) - shares[cache]);
    }

    /** Who needs no more than the share gets that, and the others divide what is left; until all need more than their shares. */
    private long give(long whole, boolean neededOnly) {
        List<Integer> open = new ArrayList<>();
        for (int cache = 0; cache < shares.length; cache++) {
            open.add(cache);
        }
        long left = whole;
        while (!open.isEmpty()) {
            long part = left;
            double weights = weights(open);
            List<Integer> content = open.stream()
                    .filter(cache -> missing(cache, neededOnly) <= entitled(part, cache, weights))
                    .toList();
            for (int cache : content.isEmpty() ? open : content) {
                long given = Math.min(missing(cache, neededOnly), entitled(part, cache, weights));
                shares[cache] += given;
                left -= given;
            }
            if (content.isEmpty()) {
                break;
            }
            open.removeAll(content);
        }
        return whole - left;
    }

    private double weights(List<Integer> caches) {
        return caches.stream().mapToDouble(cache -> demands.get(cache).most()).sum();
    }

    private long entitled(long whole, int cache, double weights) {
        return weights == 0 ? 0 : (long) (whole * (demands.get(cache).most() / weights));
    }
}
