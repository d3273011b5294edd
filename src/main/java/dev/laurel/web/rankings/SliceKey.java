package dev.laurel.web.rankings;

import dev.laurel.standings.window.Segment;
import dev.laurel.standings.window.WindowRef;

/**
 * Identifies equal requests for a slice of a ranking: the window, whose view of it, its state, and the slice.
 *
 * @param segment null for the whole board
 * @param form of the response: each interface has its own
 * @param freeze number of the freeze that is shown, 0 before it, -1 without one
 * @param stamp changes with the window; 0 while a snapshot is shown
 */
record SliceKey(
        SliceAnswers.Form form,
        int board,
        int revision,
        int freeze,
        long window,
        int period,
        int metric,
        Segment segment,
        long stamp,
        long offset,
        int limit) {
    SliceKey(SliceAnswers.Form form, WindowRef window, int freeze, long stamp, long offset, int limit) {
        this(
                form,
                window.board().id(),
                window.board().revision(),
                freeze,
                window.key(),
                window.period().code(),
                window.metric(),
                window.withoutPlayers().segment(),
                stamp,
                offset,
                limit);
    }
}
