package dev.laurel.feed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many items each follower takes at once in each shard: half as many after a batch has taken too long, and then gradually
 * more again. Only known to this process, and at most one entry for each follower and shard.
 *
 * <p>Without it a follower whose full batches take just longer than a statement may, as on a machine that is overloaded,
 * would fail on every other batch.
 */
final class BatchSizes {
    /** By which part of itself a size grows with each full batch that succeeds. */
    private static final int GROWTH = 16;

    private final Map<Place, Integer> reduced = new ConcurrentHashMap<>();

    int of(String follower, int shard, int most) {
        return Math.min(most, reduced.getOrDefault(new Place(follower, shard), most));
    }

    void tookTooLong(String follower, int shard, int items) {
        reduced.put(new Place(follower, shard), Math.max(1, items / 2));
    }

    void succeeded(String follower, int shard, int items, int most) {
        reduced.computeIfPresent(new Place(follower, shard), (place, size) -> {
            int grown = items < size ? size : size + Math.max(1, size / GROWTH);
            return grown < most ? grown : null;
        });
    }

    private record Place(String follower, int shard) {}
}
