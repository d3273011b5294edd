package dev.laurel.standings;

/** Signals that a window is not completely loaded in Redis: ask PostgreSQL, and have it loaded. */
final class NotLoaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotLoaded() {
        super("the window is not loaded", null, false, false);
    }
}
