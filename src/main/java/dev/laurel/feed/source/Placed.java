package dev.laurel.feed.source;

import java.time.Duration;

/**
 * An item with its position.
 *
 * @param age since it was accepted, by PostgreSQL's clock
 */
public record Placed<T extends FeedItem>(T item, Position at, Duration age) {}
