package dev.laurel.standings.window;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.board.Board;
import dev.laurel.board.Season;
import dev.laurel.period.WindowCalendar;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The calendars of boards, each with the most recently requested window of every period: nearly every lookup is for
 * that one again, and time zone arithmetic costs more than the rest of a lookup.
 */
@ApplicationScoped
public class WindowCalendars {
    private static final int MAX_KEPT = 10_000;

    /** Bounded by the number of time zones and the days a week can start on. */
    private final Map<WindowCalendar, AtomicReferenceArray<Window>> recent = new ConcurrentHashMap<>();

    /**
     * Around midnight three are in use for each calendar and period, and each costs the arithmetic of all its days.
     */
    private final Cache<RollingKey, Window> rolling =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

    /** Needed for every response that reports how players have moved. */
    private final Cache<Successor, Window> before =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

    public static WindowCalendar of(Board board) {
        return new WindowCalendar(board.definition().zone(), board.definition().weekStart());
    }

    /**
     * The window with the given name, without a generation.
     *
     * @throws InvalidInput when the name is not valid for this period; names {@code field}
     */
    public static Window named(Board board, Period period, String field, String id) {
        if (period != Period.SEASON) {
            return of(board).parse(field, id, period);
        }
        return board.season(id)
                .map(Season::window)
                .orElseThrow(() -> new InvalidInput(field, "must be a season of board " + board.name()));
    }

    /** The window of a rolling period stored under the given key. */
    static Window startingAt(Board board, Period rolling, long key) {
        return of(board).startingAt(startOf(key), rolling);
    }

    /** When the window with the given key begins. */
    public static Instant startOf(long key) {
        return Instant.ofEpochMilli(Math.floorDiv(key, (long) Window.MAX_GENERATIONS));
    }

    /** The window before the given one; empty before the first season, for all time and for rolling windows. */
    public Optional<Window> before(Board board, Window window) {
        // A rolling window moves by only a day from one day to the next: a comparison with that would say little.
        if (window.start() == null || window.period().isRolling()) {
            return Optional.empty();
        }
        if (window.period() != Period.SEASON) {
            return Optional.of(before.get(new Successor(of(board), window), missing -> missing.calendar()
                    .at(window.start().minusMillis(1), window.period())));
        }
        return board.seasons().stream()
                .filter(season -> !season.end().isAfter(window.start()))
                .max(Comparator.comparing(Season::end))
                .map(Season::window);
    }

    /** The window that the public is shown as the running one; null between seasons ({@link Board#seasonShown}). */
    Window shown(Board board, Period period, Instant now) {
        return period == Period.SEASON
                ? board.seasonShown(now).map(Season::window).orElse(null)
                : at(board, period, now);
    }

    /** The window of a period that contains an instant; null between seasons. */
    public Window at(Board board, Period period, Instant instant) {
        if (period == Period.SEASON) {
            return board.seasonAt(instant).map(Season::window).orElse(null);
        }
        if (period.isRolling()) {
            return rolling(board, period, at(board, Period.DAILY, instant));
        }
        WindowCalendar calendar = of(board);
        AtomicReferenceArray<Window> windows =
                recent.computeIfAbsent(calendar, ignored -> new AtomicReferenceArray<>(Period.values().length));
        Window last = windows.get(period.ordinal());
        if (last != null && holds(last, instant)) {
            return last;
        }
        Window window = calendar.at(instant, period);
        windows.set(period.ordinal(), window);
        return window;
    }

    private Window rolling(Board board, Period period, Window day) {
        RollingKey key = new RollingKey(of(board), period, day.id());
        return rolling.get(key, missing -> missing.calendar().endingWith(day, period));
    }

    private static boolean holds(Window window, Instant instant) {
        return window.start() == null || !instant.isBefore(window.start()) && instant.isBefore(window.end());
    }

    private record Successor(WindowCalendar calendar, Window window) {}

    private record RollingKey(WindowCalendar calendar, Period period, String lastDay) {}
}
