package dev.laurel.standings.write;

import dev.laurel.board.Board;
import dev.laurel.shared.Activity;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.WindowRef;

import java.util.List;
import java.util.Set;

/**
 * A validated score event on its way into the stores.
 *
 * @param score in units of the board's smallest decimal
 * @param furtherMetrics scores by the further metrics of the board, in their order; null where there is none, as of every
 *     derived one
 * @param occurredAt milliseconds since 1970
 * @param effect what the scores do to the standings
 * @param clientEventId the id chosen by the client, as it is stored; null if none: only events with one can be recognized
 *     when resent
 * @param contentHash tells whether an event with the same id is the same event
 * @param attributes JSON object, or null
 * @param windows the windows it belongs to, one for each period of the board that it counts in
 * @param onlyIn the periods that it counts in; empty for all of the board, including periods added later
 * @param companion JSON document of a submission to a challenge, which is written in the same transaction and decides
 *     whether the event counts; null for none
 * @param activity what the player did; changes nothing in the standings, and is {@link Activity#NONE} in decisions of administrators
 * @param report what its answer will say of the standings
 */
public record ScoreWrite(
        Board board,
        String playerId,
        long score,
        List<Long> furtherMetrics,
        long occurredAt,
        Effect effect,
        String clientEventId,
        long contentHash,
        String attributes,
        List<WindowRef> windows,
        Set<Period> onlyIn,
        String companion,
        Activity activity,
        Report report) {
    /** Begins the ids of events made by administrators. */
    private static final char BY_HAND = '#';

    /** The same event under an id that no client can choose, counting only if its companion says so. */
    public ScoreWrite accompaniedBy(String document, String eventId, long hash) {
        return new ScoreWrite(
                board,
                playerId,
                score,
                furtherMetrics,
                occurredAt,
                effect,
                eventId,
                hash,
                attributes,
                windows,
                onlyIn,
                document,
                activity,
                report);
    }

    /**
     * Whether a client claims it. What administrators and the service itself write is exempt from the rules for
     * submissions; its id has a prefix that no client can choose.
     */
    public boolean isClaimed() {
        return effect == Effect.OPERATE
                && companion == null
                && (clientEventId == null || clientEventId.charAt(0) != BY_HAND);
    }

    /** What the scores of an event do to the standings. */
    public enum Effect {
        /** According to the board's operator. */
        OPERATE,
        /** The scores replace the standings. */
        REPLACE
    }

    /** What the answer to an event says of the player's standings, from nothing to everything. */
    public enum Report {
        /** Only what has become of the event. */
        OUTCOME,
        /** The scores. */
        SCORES,
        /** Also the rank after the event, and the number of players. */
        RANK,
        /** Also the rank before. */
        RANKS;

        /** Whether it has all that another has. */
        public boolean covers(Report other) {
            return compareTo(other) >= 0;
        }
    }
}
