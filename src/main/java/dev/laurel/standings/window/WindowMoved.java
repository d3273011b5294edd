package dev.laurel.standings.window;

/** Signals that a window has been closed or reset since it was looked up: look it up again. */
public final class WindowMoved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WindowMoved() {
        super("the window has been closed", null, false, false);
    }
}
