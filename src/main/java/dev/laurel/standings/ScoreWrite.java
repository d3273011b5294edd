package dev.laurel.standings;

import dev.laurel.board.Board;

import java.util.List;

/**
 * A validated score event on its way into the stores.
 *
 * @param score in units of the board's smallest decimal
 * @param occurredAt milliseconds since 1970
 * @param clientEventId the id the client chose, null if none: only those can be sent twice
 * @param contentHash tells whether an event with the same id is the same event
 * @param attributes JSON object, or null
 * @param windows the windows it belongs to, one for each period of the board
 */
public record ScoreWrite(
        Board board,
        String playerId,
        long score,
        long occurredAt,
        String clientEventId,
        long contentHash,
        String attributes,
        List<WindowRef> windows) {}
