package dev.laurel.feed;

import java.time.Instant;

/**
 * An item that a follower could not do.
 *
 * @param id by which it is retried
 * @param number of the event, the closing or the change
 * @param board name of the board; null when it is none, or has been deleted
 * @param failure of the last try
 * @param retries by administrators
 */
public record AsideItem(long id, long number, String board, String failure, int retries, Instant asideAt) {}
