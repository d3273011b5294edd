package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One generation of a window of a board.
 *
 * @param key under which it is stored; the generations of a window have consecutive keys
 * @param id its name, with {@code #n} when a manual reset has closed it
 * @param opened whether it has ever had an event
 */
public record WindowRef(Board board, Window window, long key, String id, WindowState state, boolean opened) {
    /** The same window in another state. */
    public WindowRef in(WindowState other, boolean known) {
        return new WindowRef(board, window, key, id, other, known);
    }

    /** Its ranking by one metric of the board. */
    public RankingRef by(int metric) {
        return new RankingRef(this, metric);
    }

    /** Its rankings by each metric of the board, the default first. */
    public List<RankingRef> rankings() {
        int metrics = board.definition().metrics().size();
        return metrics == 1
                ? List.of(by(0))
                : IntStream.range(0, metrics).mapToObj(this::by).toList();
    }

    public Period period() {
        return window.period();
    }

    /** The name of this generation once a reset has closed it. */
    public String generationId() {
        return window.id() + "#" + (Math.floorMod(key, (long) Window.MAX_GENERATIONS) + 1);
    }

    /** The same generation in the same state: compares numbers only, since this runs for every event. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WindowRef ref
                && ref.key == key
                && ref.board.isSameAs(board)
                && ref.period() == period()
                && ref.state == state;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * board.id() + period().code()) + Long.hashCode(key);
    }
}
