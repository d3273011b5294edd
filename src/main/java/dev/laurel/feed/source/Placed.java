package dev.laurel.feed.source;

import java.time.Duration;

/**
 * An item with its place.
 *
 * @param age since it was accepted, by the clock of PostgreSQL
 */
public record Placed<T extends FeedItem>(T item, Position at, Duration age) {}
