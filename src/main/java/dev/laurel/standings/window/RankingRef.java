package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;

/**
 * A ranking: the standings of one window, in the order of one metric.
 *
 * @param metric number of the metric among those of the board, from 0; each has its own ranking in every window
 */
public record RankingRef(WindowRef window, int metric) {
    public Board board() {
        return window.board();
    }

    public Period period() {
        return window.period();
    }

    /** Key of the window. */
    public long key() {
        return window.key();
    }

    /** By the same metric, in another window of the board. */
    public RankingRef in(WindowRef other) {
        return new RankingRef(other, metric);
    }
}
