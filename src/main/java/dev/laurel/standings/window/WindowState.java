package dev.laurel.standings.window;

/** The life cycle of a window: it accepts events, its final ranking is being written, it is archived. */
public enum WindowState {
    OPEN,
    CLOSING,
    CLOSED
}
