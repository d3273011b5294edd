package dev.laurel.feed;

import java.time.Duration;

/**
 * An item with its position.
 *
 * @param age since it was accepted, by PostgreSQL's clock
 */
record Placed<T extends FeedItem>(T item, Position at, Duration age) {}
