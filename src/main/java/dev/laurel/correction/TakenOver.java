package dev.laurel.correction;

import dev.laurel.shared.LaurelException;
import dev.laurel.shared.Period;
import dev.laurel.standings.write.WriteResult.Outcome;

import java.util.List;

/**
 * The outcome of a row.
 *
 * @param totals one for each of its periods; empty when the row was refused as a whole
 * @param refusal why it was; null otherwise
 */
public record TakenOver(String playerId, List<Total> totals, LaurelException refusal) {
    static TakenOver refused(TakeoverRow row, LaurelException refusal) {
        return new TakenOver(row.playerId(), List.of(), refusal);
    }

    /**
     * The outcome of the score in one period.
     *
     * @param outcome null when it was refused
     * @param refusal null when it was not
     */
    public record Total(Period period, String windowId, Outcome outcome, LaurelException refusal) {}
}
