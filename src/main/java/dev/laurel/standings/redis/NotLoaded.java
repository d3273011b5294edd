package dev.laurel.standings.redis;

/** Signals that a window is not completely loaded in Redis: read PostgreSQL, and have it loaded. */
public final class NotLoaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotLoaded() {
        super("the window is not loaded", null, false, false);
    }
}
