package dev.laurel.feed;

import java.util.List;

/**
 * What a follower has to do next in a shard.
 *
 * @param full whether there may be more
 * @param held whether something behind it is committed and has to wait for an older transaction
 */
record Batch<T extends FeedItem>(List<Placed<T>> items, boolean full, boolean held) {
    List<T> contents() {
        return items.stream().map(Placed::item).toList();
    }
}
