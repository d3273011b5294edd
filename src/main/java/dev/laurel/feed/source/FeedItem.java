package dev.laurel.feed.source;

/** Something that has happened on a board, and that followers work through. */
public sealed interface FeedItem permits AcceptedEvent, ClosedWindow, Change {
    /** One life of a board; 0 for what belongs to none. */
    int boardId();
}
