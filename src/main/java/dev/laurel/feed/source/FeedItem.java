package dev.laurel.feed.source;

/** Something that has happened on a board, for followers to process. */
public sealed interface FeedItem permits AcceptedEvent, ClosedWindow, Change {
    /** Identifies one incarnation of a board; 0 for items that belong to none. */
    int boardId();
}
