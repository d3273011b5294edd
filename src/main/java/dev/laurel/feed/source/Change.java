package dev.laurel.feed.source;

import java.time.Instant;

/**
 * A change of a definition: a board, a player, a group. It says what has changed but not the new value, which a
 * follower reads at its source.
 *
 * @param kind such as {@code BOARD_CHANGED} or {@code PLAYER_DISQUALIFIED}
 * @param subject what has changed; empty for the board itself
 */
public record Change(int tenantId, int boardId, String kind, String subject, Instant at) implements FeedItem {}
