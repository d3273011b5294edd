package dev.laurel.web.rankings;

import dev.laurel.board.BoardName;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;

import java.util.Locale;

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
        BoardName board,
        int number,
        int revision,
        int freeze,
        long window,
        Period period,
        int metric,
        Segment segment,
        long stamp,
        long offset,
        int limit,
        Object players)
        implements CacheKey {
    SliceKey(SliceAnswers.Form form, RankingRef ranking, int freeze, long stamp, Slice slice) {
        this(
                form,
                ranking.board().fullName(),
                ranking.board().id(),
                ranking.board().revision(),
                freeze,
                ranking.key(),
                ranking.period(),
                ranking.metric(),
                ranking.withoutPlayers().segment(),
                stamp,
                slice.offset(),
                slice.limit(),
                slice.players());
    }

    @Override
    public KeyAddress address() {
        String shown = period.name().toLowerCase(Locale.ROOT);
        return segment == null
                ? KeyAddress.of(board.tenant(), "ranking", board.name(), shown, offset)
                : KeyAddress.ofSegment(board.tenant(), "ranking", segment.name(), board.name(), shown, offset);
    }

    /** Which entries, and what is shown of their players. */
    record Slice(long offset, int limit, Object players) {}
}
