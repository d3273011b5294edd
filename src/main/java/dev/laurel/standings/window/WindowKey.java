package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.shared.Window;

import java.time.Duration;
import java.time.Instant;

/** A window of one revision of a board: a change of the definition changes the key. */
record WindowKey(Board board, Window window) {
    private static final Duration FOR_GOOD = Duration.ofDays(365);

    /** A window may get its first event at any moment, on any replica. */
    private static final Duration UNOPENED = Duration.ofMillis(50);

    /** One that is over gets it by an import of historic rows or a fill alone; longer than it takes to look it up again. */
    private static final Duration UNOPENED_AND_OVER = Duration.ofSeconds(2);

    /** How long what was found is believed. */
    Duration knownFor(WindowRef found, Instant now) {
        if (found.opened()) {
            return FOR_GOOD;
        }
        return isOver(now) ? UNOPENED_AND_OVER : UNOPENED;
    }

    /** Whether the board accepts events of the window no more, unless an administrator wants it. */
    boolean isOver(Instant now) {
        return window.end() != null
                && window.end().plus(board.definition().lateness()).isBefore(now);
    }

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
