package dev.laurel.archive;

import dev.laurel.standings.window.WindowRef;

/**
 * Announced when a window's final ranking stands.
 *
 * @param players how many are ranked in it
 */
public record WindowClosed(WindowRef window, long players) {}
