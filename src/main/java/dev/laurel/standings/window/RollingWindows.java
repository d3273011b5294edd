package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which rolling windows of a board Redis holds. They overlap, and an event belongs to as many windows of each
 * period as the period has days; but only the running one is read often, so only that one is kept up to date.
 * PostgreSQL computes any other on request.
 *
 * <p>Around the end of a day the previous and the next window are kept up to date as well: the clocks of processes
 * differ, and the next window should be there before it is read.
 */
@ApplicationScoped
public class RollingWindows {
    /** More than the clocks of two processes differ. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** How long Redis keeps a past window. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final String DAYS_EXPIRED = "SELECT rolling_days_expired($1, $2, $3)";

    private final Sql sql;
    private final WindowCalendars calendars;
    private final Clock clock;

    RollingWindows(Sql sql, WindowCalendars calendars, Clock clock) {
        this.sql = sql;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** A rolling window is never closed: it has nothing of its own to archive. */
    static WindowRef reference(Board board, Window window) {
        return new WindowRef(board, window, window.firstKey(), window.id(), WindowState.OPEN, true);
    }

    /**
     * Finds a rolling window by its name.
     *
     * @return fails with {@link NotFound} when days of it have been removed at the end of their retention
     */
    Uni<WindowRef> named(Board board, Window window) {
        WindowRef found = reference(board, window);
        return sql.run(DAYS_EXPIRED, board.id(), found.key(), endKey(found))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .invoke(expired -> {
                    if (expired) {
                        throw new NotFound("The days of window " + window.id() + " are no longer kept");
                    }
                })
                .replaceWith(found)
                // Redis may still have it.
                .onFailure(Unavailable.class)
                .recoverWithItem(found);
    }

    /** The first key after the days of a rolling window. */
    public static long endKey(WindowRef window) {
        return window.window().end().toEpochMilli() * Window.MAX_GENERATIONS;
    }

    /** The rolling window of a key. */
    public static WindowRef of(Board board, Period period, long key) {
        return reference(board, WindowCalendars.startingAt(board, period, key));
    }

    /** Whether a window is read from Redis: every window but past and future rolling ones. */
    public boolean inRedis(WindowRef window) {
        return !window.period().isRolling()
                || calendars
                                .at(window.board(), window.period(), clock.instant())
                                .firstKey()
                        == window.key();
    }

    /** Whether a daily window is that of the current day. */
    public boolean isToday(WindowRef day) {
        return calendars.at(day.board(), Period.DAILY, clock.instant()).firstKey()
                == day.window().firstKey();
    }

    /** The rolling windows of a board that were running at an instant. */
    public List<WindowRef> at(Board board, Instant instant) {
        return Period.ROLLING.stream()
                .filter(board.definition().periods()::contains)
                .sorted()
                .map(period -> reference(board, calendars.at(board, period, instant)))
                .toList();
    }

    /** The rolling windows that Redis should hold: the running ones and, shortly before their time, the next ones. */
    public List<WindowRef> wanted(Board board) {
        return from(board, AHEAD);
    }

    /** The rolling windows that Redis may hold, loaded by any process. Writes are applied to them. */
    public List<WindowRef> inUse(Board board) {
        // Every process writes to a window before any process loads it.
        return from(board, AHEAD.plus(BEHIND));
    }

    private List<WindowRef> from(Board board, Duration ahead) {
        if (board.definition().periods().stream().noneMatch(Period::isRolling)) {
            return List.of();
        }
        Instant now = clock.instant();
        Set<WindowRef> windows = new LinkedHashSet<>(at(board, now));
        windows.addAll(at(board, now.minus(BEHIND)));
        windows.addAll(at(board, now.plus(ahead)));
        return List.copyOf(windows);
    }

    /** Those of {@link #inUse} that an event at the given instant belongs to. */
    public List<WindowRef> holding(Board board, Instant instant) {
        return inUse(board).stream()
                .filter(window -> window.window().holds(instant))
                .toList();
    }

    /** Whether a window was already beyond change by events when its board was frozen. */
    public boolean wasSettled(WindowRef window) {
        Board board = window.board();
        return window.period().isRolling()
                && !window.window()
                        .end()
                        .plus(board.definition().lateness())
                        .isAfter(board.freeze().at());
    }

    /** How long Redis keeps a window from now on, in milliseconds. */
    public long keptMillis(WindowRef window) {
        Duration left = Duration.between(clock.instant(), window.window().end());
        return KEPT.plus(left.isNegative() ? Duration.ZERO : left).toMillis();
    }

    /** Whether a rolling window will not be read from Redis any more. */
    public boolean hasPassed(WindowRef window) {
        return window.window().end().plus(KEPT).isBefore(clock.instant());
    }
}
