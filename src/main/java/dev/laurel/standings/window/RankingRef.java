package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;

/**
 * A ranking: the standings of one window, in the order of one metric; of all players, or of those of a segment.
 *
 * @param metric number of the metric among those of the board, from 0; each has its own ranking in every window
 * @param segment null for all players
 */
public record RankingRef(WindowRef window, int metric, Segment segment) {
    /** Of all players. */
    public RankingRef(WindowRef window, int metric) {
        this(window, metric, null);
    }

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

    /** By the same metric and of the same players, in another window of the board. */
    public RankingRef in(WindowRef other) {
        return new RankingRef(other, metric, segment);
    }

    /** By the same metric in the same window, of the players of a segment; of all players when that is null. */
    public RankingRef within(Segment other) {
        return other == segment ? this : new RankingRef(window, metric, other);
    }

    /** Equal to this one, but without the members of its segment: for keys of caches. */
    public RankingRef withoutPlayers() {
        return segment == null ? this : within(segment.withoutPlayers());
    }
}
