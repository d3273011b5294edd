package dev.laurel.challenge;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A variant of a challenge.
 *
 * @param points earned by the first submission of a player that clears it
 * @param opensAt first instant at which it accepts submissions; null when it always did
 * @param closesAt first instant at which it no longer does; null for never
 */
public record Variant(int points, Instant opensAt, Instant closesAt) {
    /** Maximum number of points. */
    public static final int MAX_POINTS = 1_000_000_000;

    boolean isNotYetOpen(Instant now) {
        return opensAt != null && now.isBefore(opensAt);
    }

    boolean isClosed(Instant now) {
        return closesAt != null && !now.isBefore(closesAt);
    }

    /** Whether a board accepts the points as the score of one event. */
    boolean isAcceptedBy(Board board) {
        BoardDefinition rules = board.definition();
        long units = units(board, points);
        return units >= rules.minScore()
                && units <= rules.maxScore()
                && (rules.maxStep() == null || units <= rules.maxStep());
    }

    /** Points in the units of a board. */
    static long units(Board board, long points) {
        return BigDecimal.valueOf(points)
                .movePointRight(board.definition().decimals())
                .longValueExact();
    }
}
