package dev.laurel.correction;

import dev.laurel.shared.Period;

import java.time.Instant;
import java.util.List;

/**
 * A correction of a player's scores.
 *
 * @param scores in units, for each metric: the amount added, or the replacement for the standing
 * @param periods the requested ones, as {@link AdjustmentOrder#periodNames}; null for some that were sent without a
 *     key by earlier versions
 * @param appliedAt null when it is not known to have been applied
 * @param undoneAt null unless it has been undone
 */
public record Adjustment(
        long id,
        String playerId,
        List<Long> scores,
        String periods,
        String reason,
        String author,
        Instant createdAt,
        List<TouchedWindow> windows,
        Instant appliedAt,
        Instant undoneAt,
        String undoneBy) {
    /** The id of its event, which no client can choose. */
    String eventId() {
        return "#adjust-" + id;
    }

    /** Whether it was meant for a period; one for all of the board also for those that the board has got since. */
    boolean isFor(Period period) {
        if (periods == null) {
            return windows.stream().anyMatch(touched -> touched.period() == period);
        }
        return periods.isEmpty() || List.of(periods.split(",")).contains(period.name());
    }

    Decision decision() {
        return new Decision(reason, author);
    }
}
