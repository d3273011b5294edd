package dev.laurel.web.rankings;

import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;

/**
 * Identifies equal requests for a slice of a ranking: the window, whose view of it, its state, and the slice.
 *
 * @param segment null for the whole board
 * @param form of the response: each interface has its own
 * @param freeze number of the freeze that is shown, 0 before it, -1 without one
 * @param stamp changes with the window; while a snapshot is shown, with everything at once
 * @param players what is shown of the players' records, and as of when; null for nothing
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
        int limit,
        Object players) {
    SliceKey(SliceAnswers.Form form, RankingRef ranking, int freeze, long stamp, Slice slice) {
        this(
                form,
                ranking.board().id(),
                ranking.board().revision(),
                freeze,
                ranking.key(),
                ranking.period().code(),
                ranking.metric(),
                ranking.withoutPlayers().segment(),
                stamp,
                slice.offset(),
                slice.limit(),
                slice.players());
    }

    /** Which entries, and what is shown of their players. */
    record Slice(long offset, int limit, Object players) {}
}
