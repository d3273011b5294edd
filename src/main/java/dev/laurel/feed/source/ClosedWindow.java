package dev.laurel.feed.source;

import dev.laurel.shared.Period;

import java.time.Instant;

/**
 * A window whose ranking is final.
 *
 * @param boardName as clients address the board
 * @param closing its number among the closings of the board, from 1 without gaps
 * @param windowKey its start and generation
 * @param windowId its name
 * @param reset whether it was closed early
 * @param players how many were ranked in it
 */
public record ClosedWindow(
        int boardId,
        String boardName,
        long closing,
        Period period,
        long windowKey,
        String windowId,
        boolean reset,
        long players,
        Instant closedAt)
        implements FeedItem {}
