package dev.laurel.ranking;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;

/**
 * Which ranking is asked for.
 *
 * @param window name of a window, null for the current one
 * @param metric name of a metric of the board, null for its default
 * @param view who asks
 */
public record RankingQuery(String board, Period period, String window, String metric, View view) {
    /** As the public sees it. */
    public RankingQuery(String board, Period period, String window, String metric) {
        this(board, period, window, metric, View.PUBLIC);
    }

    /** The same as administrators see it. */
    public RankingQuery live() {
        return new RankingQuery(board, period, window, metric, View.LIVE);
    }

    Board seen(Board found) {
        return view == View.LIVE ? found.unfrozen() : found;
    }

    /** Who asks for a ranking. */
    public enum View {
        /** While a board is frozen, its rankings stand still. */
        PUBLIC,
        /** They never do. */
        LIVE
    }
}
