package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request for an adjustment.
 *
 * @param scores in units, for each metric of the board
 * @param periods whose current windows it applies to; all of the board's when empty
 * @param at the instant whose windows are adjusted; null for now
 * @param key under which the request may be repeated, 1 to 128 characters with the rules of an event id; null when
 *     it is sent once
 */
public record AdjustmentOrder(
        String playerId, List<Long> scores, Set<Period> periods, Decision decision, Instant at, String key) {
    /** @throws InvalidInput when the player or the key is invalid */
    public AdjustmentOrder {
        PlayerIds.require("playerId", playerId);
        if (key != null) {
            Ids.require("Idempotency-Key", key);
        }
    }

    void requirePeriodsOf(Board board) {
        if (!board.definition().periods().containsAll(periods)) {
            throw new InvalidInput("periods", "must be periods of the board");
        }
    }

    boolean goesTo(Period period) {
        return periods.isEmpty() || periods.contains(period);
    }

    /** The periods as one text, the same for equal sets. */
    String periodNames() {
        return periods.stream().sorted().map(Period::name).collect(Collectors.joining(","));
    }

    /** Without the last ones that are not named: metrics may have come since. */
    private static List<Long> named(List<Long> scores) {
        int last = scores.size();
        while (last > 0 && scores.get(last - 1) == null) {
            last--;
        }
        return scores.subList(0, last);
    }

    /** Whether an adjustment matches this request. What is ordered again later may reach fewer periods than it did at first. */
    boolean isFor(Adjustment adjustment) {
        return playerId.equals(adjustment.playerId())
                && named(scores).equals(named(adjustment.scores()))
                && (at != null || periodNames().equals(adjustment.periods()))
                && decision.reason().equals(adjustment.reason())
                && decision.author().equals(adjustment.author());
    }
}
