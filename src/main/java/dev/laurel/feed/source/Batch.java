package dev.laurel.feed.source;

import java.util.List;

/**
 * The next items of a follower in a shard.
 *
 * @param full whether there may be more
 * @param held whether a later item is committed but has to wait for an older transaction
 */
public record Batch<T extends FeedItem>(List<Placed<T>> items, boolean full, boolean held) {
    public List<T> contents() {
        return items.stream().map(Placed::item).toList();
    }
}
