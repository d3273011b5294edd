package dev.laurel.standings;

import dev.laurel.board.Board;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which rolling windows of a board Redis holds. They overlap, and an event belongs to as many of each period as that has
 * days; but only the one that is running is much asked for, and only that one is kept up to date. Every other one is
 * computed by PostgreSQL when somebody asks.
 *
 * <p>Around the end of a day the window before and the one behind are kept up as well: the clocks of processes differ, and
 * the next window is to be there before it is wanted.
 */
@ApplicationScoped
class RollingWindows {
    /** More than the clocks of two processes differ. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** How long Redis keeps a window that has passed. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Calendars calendars;
    private final Clock clock;

    RollingWindows(Calendars calendars, Clock clock) {
        this.calendars = calendars;
        this.clock = clock;
    }

    /** A rolling window is never closed: it has nothing of its own that could be archived. */
    static WindowRef reference(Board board, Window window) {
        return new WindowRef(board, window, window.firstKey(), window.id(), WindowState.OPEN, true);
    }

    /** The first key that no day of a rolling window has. */
    static long endKey(WindowRef window) {
        return window.window().end().toEpochMilli() * Window.MAX_GENERATIONS;
    }

    /** The rolling window of a key. */
    static WindowRef of(Board board, Period period, long key) {
        return reference(board, Calendars.startingAt(board, period, key));
    }

    /** Whether a window is read from Redis: not a rolling one that has passed or is still to come. */
    boolean inRedis(WindowRef window) {
        return !window.period().isRolling()
                || calendars
                                .at(window.board(), window.period(), clock.instant())
                                .firstKey()
                        == window.key();
    }

    /** Whether a daily window is that of the day which is running. */
    boolean isToday(WindowRef day) {
        return calendars.at(day.board(), Period.DAILY, clock.instant()).firstKey()
                == day.window().firstKey();
    }

    /** The rolling windows of a board that were running at an instant. */
    List<WindowRef> at(Board board, Instant instant) {
        return Period.ROLLING.stream()
                .filter(board.definition().periods()::contains)
                .sorted()
                .map(period -> reference(board, calendars.at(board, period, instant)))
                .toList();
    }

    /** The rolling windows that Redis holds. */
    List<WindowRef> inUse(Board board) {
        if (board.definition().periods().stream().noneMatch(Period::isRolling)) {
            return List.of();
        }
        Instant now = clock.instant();
        Set<WindowRef> windows = new LinkedHashSet<>(at(board, now));
        windows.addAll(at(board, now.minus(BEHIND)));
        windows.addAll(at(board, now.plus(AHEAD)));
        return List.copyOf(windows);
    }

    /** Those of {@link #inUse} that an event of an instant belongs to. */
    List<WindowRef> holding(Board board, Instant instant) {
        return inUse(board).stream()
                .filter(window -> !instant.isBefore(window.window().start())
                        && instant.isBefore(window.window().end()))
                .toList();
    }

    /** Whether no event could change a window of a frozen board any more when that was frozen. */
    boolean wasSettled(WindowRef window) {
        Board board = window.board();
        return window.period().isRolling()
                && !window.window()
                        .end()
                        .plus(board.definition().lateness())
                        .isAfter(board.freeze().at());
    }

    /** How long Redis is to keep a window from now on, in milliseconds. */
    long keptMillis(WindowRef window) {
        Duration left = Duration.between(clock.instant(), window.window().end());
        return KEPT.plus(left.isNegative() ? Duration.ZERO : left).toMillis();
    }

    /**
     * Archived days are removed at the end of their retention, and what is made of them cannot be told any more.
     *
     * @throws NotFound when that may be so
     */
    void requireDays(Board board, Window window) {
        Duration retention = board.definition().retention();
        if (window.period().isRolling()
                && retention != null
                && window.start()
                        .plus(board.definition().lateness())
                        .plus(retention)
                        .isBefore(clock.instant())) {
            throw new NotFound("The days of window " + window.id() + " are kept no longer");
        }
    }

    /** Whether nobody will ask Redis for a rolling window any more. */
    boolean hasPassed(WindowRef window) {
        return window.window().end().plus(KEPT).isBefore(clock.instant());
    }
}
