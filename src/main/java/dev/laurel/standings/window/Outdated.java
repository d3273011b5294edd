package dev.laurel.standings.window;

/** Signals that a board or window has changed since a write was prepared: nothing was written; prepare it again. */
public final class Outdated extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Outdated() {
        super("the board or a window has changed", null, false, false);
    }
}
