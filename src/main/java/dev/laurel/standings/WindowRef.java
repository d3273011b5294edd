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
}
