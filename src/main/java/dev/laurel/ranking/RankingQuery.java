package dev.laurel.ranking;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.shared.Period;

/**
 * Selects a ranking.
 *
 * @param window name of a window, null for the current one
 * @param metric name of a metric of the board, null for its default
 * @param segment name of a segment, null for the whole board
 * @param view whose view of a frozen board applies
 */
public record RankingQuery(BoardName board, Period period, String window, String metric, String segment, View view) {
    /** A query with the public's view. */
    public RankingQuery(BoardName board, Period period, String window, String metric, String segment) {
        this(board, period, window, metric, segment, View.PUBLIC);
    }

    /** A query about a whole board, with the public's view. */
    public RankingQuery(BoardName board, Period period, String window, String metric) {
        this(board, period, window, metric, null);
    }

    /** The same query with the administrators' view. */
    public RankingQuery live() {
        return new RankingQuery(board, period, window, metric, segment, View.LIVE);
    }

    Board seen(Board found) {
        return view == View.LIVE ? found.unfrozen() : found;
    }

    /** Whose view of a ranking is requested. */
    public enum View {
        /** While a board is frozen, its rankings stand still. */
        PUBLIC,
        /** The rankings are live even then. */
        LIVE
    }
}
