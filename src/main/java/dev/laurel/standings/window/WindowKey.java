package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.shared.Window;

/** A window of one revision of a board: a change of the definition changes the key. */
record WindowKey(Board board, Window window) {
    @Override
    public boolean equals(Object other) {
        return other instanceof WindowKey key
                && key.board.isSameAs(board)
                && key.window.period() == window.period()
                && key.window.firstKey() == window.firstKey();
    }

    @Override
    public int hashCode() {
        return 31 * (31 * board.id() + window.period().code()) + Long.hashCode(window.firstKey());
    }
}
