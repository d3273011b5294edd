package dev.laurel.feed;

import java.time.Instant;

/**
 * An item that a follower failed to process and that was put aside.
 *
 * @param id by which it is retried
 * @param number of the event, the closing or the change
 * @param board name of the board; null when there is none, or it has been deleted
 * @param failure of the last attempt
 * @param retries by administrators
 */
public record AsideItem(long id, long number, String board, String failure, int retries, Instant asideAt) {}
