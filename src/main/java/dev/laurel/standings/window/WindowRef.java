package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One generation of a window of a board.
 *
 * @param key under which it is stored; the generations of a window have consecutive keys
 * @param id its name, with {@code #n} when a manual reset has closed it
 * @param opened whether it has ever had an event
 * @param metric number of the metric to rank by; each has its own ranking in every window
 * @param segment whose ranking is meant; null for that of the whole board
 */
public record WindowRef(
        Board board,
        Window window,
        long key,
        String id,
        WindowState state,
        boolean opened,
        int metric,
        Segment segment) {
    /** By the board's default metric. */
    public WindowRef(Board board, Window window, long key, String id, WindowState state, boolean opened) {
        this(board, window, key, id, state, opened, 0);
    }

    /** Of the whole board. */
    public WindowRef(Board board, Window window, long key, String id, WindowState state, boolean opened, int metric) {
        this(board, window, key, id, state, opened, metric, null);
    }

    /** The same window in another state. */
    public WindowRef in(WindowState other, boolean known) {
        return new WindowRef(board, window, key, id, other, known, metric, segment);
    }

    /** The same window ranked by another metric. */
    public WindowRef by(int otherMetric) {
        return otherMetric == metric
                ? this
                : new WindowRef(board, window, key, id, state, opened, otherMetric, segment);
    }

    /** The same window ranked within a segment; within the whole board when that is null. */
    public WindowRef within(Segment otherSegment) {
        return otherSegment == segment
                ? this
                : new WindowRef(board, window, key, id, state, opened, metric, otherSegment);
    }

    /** Equal to this one, but without the members of its segment: for keys of caches. */
    public WindowRef withoutPlayers() {
        return segment == null ? this : within(segment.withoutPlayers());
    }

    /** The window by each metric of its board, the default first. */
    public List<WindowRef> byEachMetric() {
        int metrics = board.definition().metrics().size();
        return metrics == 1
                ? List.of(this)
                : IntStream.range(0, metrics).mapToObj(this::by).toList();
    }

    public Period period() {
        return window.period();
    }

    /** The name of this generation once a reset has closed it. */
    public String generationId() {
        return window.id() + "#" + (Math.floorMod(key, (long) Window.MAX_GENERATIONS) + 1);
    }

    /** The same generation in the same state: compares numbers only, since this runs for every event. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WindowRef ref
                && ref.key == key
                && ref.metric == metric
                && ref.board.isSameAs(board)
                && ref.period() == period()
                && ref.state == state
                && Objects.equals(ref.segment, segment);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * board.id() + period().code()) + Long.hashCode(key);
    }
}
