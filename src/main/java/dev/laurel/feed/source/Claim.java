package dev.laurel.feed.source;

/**
 * A shard of a follower, claimed for a moment.
 *
 * @param position of the last processed item
 * @param moves how often the cursor has moved
 * @param attempts so far
 */
public record Claim(String follower, int shard, Position position, long moves, Attempts attempts) {}
