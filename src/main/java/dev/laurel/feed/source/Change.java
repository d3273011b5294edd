package dev.laurel.feed.source;

import java.time.Instant;

/**
 * A change of something that is defined: a board, a player, a group. It says what has changed and not to what: a follower reads
 * that where it stands.
 *
 * @param kind such as {@code BOARD_CHANGED} or {@code PLAYER_DISQUALIFIED}
 * @param subject what has changed; empty for the board itself
 */
public record Change(int tenantId, int boardId, String kind, String subject, Instant at) implements FeedItem {}
