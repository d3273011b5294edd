package dev.laurel.league;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.Source;

import java.time.Instant;
import java.util.List;

/**
 * A cohort with its ranking.
 *
 * @param number by which it is addressed
 * @param windowId of the window it belongs to
 * @param tier from 1, the lowest
 * @param tierName of that tier
 * @param promote how many go up
 * @param demote how many go down
 * @param settled whether the outcomes are final
 * @param source of the ranking; null when it is settled
 * @param places in the order of the ranking; without players who have no rank
 * @param players in the cohort
 */
public record Cohort(
        Board board,
        Period period,
        long number,
        String windowId,
        int tier,
        String tierName,
        int promote,
        int demote,
        boolean settled,
        Source source,
        List<CohortPlace> places,
        long players) {
    /**
     * A player's place.
     *
     * @param score in units
     * @param achievedAt null in a settled cohort
     * @param outcome {@code PROMOTED}, {@code STAYED} or {@code DEMOTED}, as it would be if the window ended now
     * @param tied whether a player with the same score has another outcome
     */
    public record CohortPlace(
            long rank, String playerId, long score, Instant achievedAt, String outcome, boolean tied) {}
}
