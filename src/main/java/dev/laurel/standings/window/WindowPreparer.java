package dev.laurel.standings.window;

import io.smallrye.mutiny.Uni;

/** Prepares a window that has just been opened, before its first event is written. */
public interface WindowPreparer {
    /** Fails when the window cannot be prepared now; it is then found missing later. */
    Uni<Void> prepare(WindowRef opened);
}
