package dev.laurel.standings;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;

/**
 * One generation of a window of a board.
 *
 * @param key under which it is stored; generations of a window follow by ones
 * @param id its name, with {@code #n} when a manual reset has closed it
 * @param opened whether it has ever had an event
 */
public record WindowRef(Board board, Window window, long key, String id, WindowState state, boolean opened) {
    public Period period() {
        return window.period();
    }

    /** The name of this generation once a reset has closed it. */
    public String generationId() {
        return window.id() + "#" + (Math.floorMod(key, (long) Window.MAX_GENERATIONS) + 1);
    }

    /** The same generation in the same state: what is compared for every event is kept to numbers. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WindowRef ref
                && ref.key == key
                && ref.board.id() == board.id()
                && ref.board.revision() == board.revision()
                && ref.period() == period()
                && ref.state == state;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * board.id() + period().code()) + Long.hashCode(key);
    }
}
