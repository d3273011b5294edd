package dev.laurel.feed.source;

import dev.laurel.shared.Activity;

import java.time.Instant;
import java.util.List;

/**
 * An event in the ledger.
 *
 * @param number of the event; not in the order in which events were committed
 * @param transaction that wrote it, in the numbering of the feed
 * @param score in units of the board, by its first metric
 * @param more its further metrics, in the order of the board, null where it has no value; empty when it has none
 * @param eventId chosen by the client; null for none
 * @param byHand whether an administrator's decision wrote it, rather than a client
 * @param attributes JSON; null for none
 * @param activity what the player did, with its tags, outcome and duration; {@link Activity#NONE} for none
 */
public record AcceptedEvent(
        int boardId,
        long number,
        long transaction,
        String playerId,
        long score,
        List<Long> more,
        Instant occurredAt,
        Instant receivedAt,
        String eventId,
        boolean byHand,
        String attributes,
        Activity activity)
        implements FeedItem {}
