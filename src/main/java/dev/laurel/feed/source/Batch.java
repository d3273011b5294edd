package dev.laurel.feed.source;

import java.util.List;

/**
 * What a follower has to do next in a shard.
 *
 * @param full whether there may be more
 * @param held whether something behind it is committed and has to wait for an older transaction
 */
public record Batch<T extends FeedItem>(List<Placed<T>> items, boolean full, boolean held) {
    public List<T> contents() {
        return items.stream().map(Placed::item).toList();
    }
}
