package dev.laurel.standings;

/** Signals that a window has been closed or reset since it was looked up: look again. */
final class WindowMoved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WindowMoved() {
        super("the window has been closed", null, false, false);
    }
}
