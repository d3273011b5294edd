package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.board.Season;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The windows that the events of one import belong to. Neighbouring instants share theirs, so nearly all are found without a
 * question to a store. Used by one thread at a time.
 */
final class WindowFinder {
    /** Spans that are remembered: more than a lifetime has days. */
    private static final int MAX_SPANS = 40_000;

    private final BiFunction<Board, Instant, Uni<Span>> lookup;
    private final Consumer<WindowRef> forget;
    private final int maxWindows;
    private final TreeMap<Long, Span> spans = new TreeMap<>();
    private final Set<WindowRef> found = new HashSet<>();

    /**
     * A finder that knows nothing yet.
     *
     * @param lookup finds the windows of an instant, and opens those that never had an event
     * @param forget outdates what a lookup has found
     * @param maxWindows beyond it no further ones are looked up
     */
    WindowFinder(BiFunction<Board, Instant, Uni<Span>> lookup, Consumer<WindowRef> forget, int maxWindows) {
        this.lookup = lookup;
        this.forget = forget;
        this.maxWindows = maxWindows;
    }

    /** The windows of an instant; null when they have not been looked up, as those beyond the maximum are not. */
    Span at(Instant instant) {
        Map.Entry<Long, Span> found = spans.floorEntry(instant.toEpochMilli());
        return found == null || found.getValue().end() <= instant.toEpochMilli() ? null : found.getValue();
    }

    /**
     * Looks up the windows of instants, and opens those that never had an event. Those of all of them are known then, unless they
     * are too many, and perhaps of no others.
     */
    Uni<Void> find(Board board, Collection<Instant> instants) {
        if (spans.size() + instants.size() > MAX_SPANS) {
            spans.clear();
        }
        List<Instant> unknown =
                instants.stream().filter(instant -> at(instant) == null).toList();
        return Multi.createFrom()
                .iterable(unknown)
                .onItem()
                .transformToUniAndConcatenate(instant -> at(instant) == null && found.size() < maxWindows
                        ? find(board, instant)
                        : Uni.createFrom().voidItem())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> find(Board board, Instant instant) {
        return lookup.apply(board, instant).invoke(this::remember).replaceWithVoid();
    }

    private void remember(Span span) {
        spans.put(span.start(), span);
        found.addAll(span.windows());
    }

    static Span span(Board board, Instant instant, List<WindowRef> own, Map<WindowRef, Instant> begun) {
        long at = instant.toEpochMilli();
        LongStream starts = own.stream()
                .filter(window -> window.window().start() != null)
                .mapToLong(window -> window.window().start().toEpochMilli());
        LongStream ends = own.stream()
                .filter(window -> window.window().end() != null)
                .mapToLong(window -> window.window().end().toEpochMilli());
        // Between two seasons it is these that say how long that lasts.
        LongStream bounds = board.definition().periods().contains(Period.SEASON)
                ? board.seasons().stream().flatMapToLong(WindowFinder::bounds)
                : LongStream.empty();
        long[] seasons = bounds.toArray();
        return new Span(
                LongStream.concat(starts, LongStream.of(seasons).filter(bound -> bound <= at))
                        .max()
                        .orElse(Long.MIN_VALUE),
                LongStream.concat(ends, LongStream.of(seasons).filter(bound -> bound > at))
                        .min()
                        .orElse(Long.MAX_VALUE),
                own,
                begun);
    }

    private static LongStream bounds(Season season) {
        return LongStream.of(season.start().toEpochMilli(), season.end().toEpochMilli());
    }

    /** Forgets everything, because a store has contradicted it. */
    void clear() {
        spans.values().forEach(span -> span.windows().forEach(forget));
        spans.clear();
        found.clear();
    }

    /**
     * Instants with the same windows.
     *
     * @param start the first of them, in milliseconds
     * @param end the first one after them
     * @param begun when the windows began that were begun by a reset
     */
    record Span(long start, long end, List<WindowRef> windows, List<WindowRef> open, Map<WindowRef, Instant> begun) {
        Span(long start, long end, List<WindowRef> windows, Map<WindowRef, Instant> begun) {
            this(
                    start,
                    end,
                    windows,
                    windows.stream()
                            .filter(window -> window.state() == WindowState.OPEN)
                            .toList(),
                    begun);
        }

        boolean allOpen() {
            return open.size() == windows.size();
        }
    }
}
