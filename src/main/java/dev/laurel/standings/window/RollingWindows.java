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
 * Which rolling windows of a board Redis holds. They overlap, and an event belongs to as many of each period as that has
 * days; but only the one that is running is much asked for, and only that one is kept up to date. Every other one is
 * computed by PostgreSQL when somebody asks.
 *
 * <p>Around the end of a day the window before and the one behind are kept up as well: the clocks of processes differ, and
 * the next window is to be there before it is wanted.
 */
@ApplicationScoped
public class RollingWindows {
    /** More than the clocks of two processes differ. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** How long Redis keeps a window that has passed. */
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

    /** A rolling window is never closed: it has nothing of its own that could be archived. */
    static WindowRef reference(Board board, Window window) {
        return new WindowRef(board, window, window.firstKey(), window.id(), WindowState.OPEN, true);
    }

    /**
     * A rolling window by its name.
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

    /** The first key that no day of a rolling window has. */
    public static long endKey(WindowRef window) {
        return window.window().end().toEpochMilli() * Window.MAX_GENERATIONS;
    }

    /** The rolling window of a key. */
    public static WindowRef of(Board board, Period period, long key) {
        return reference(board, WindowCalendars.startingAt(board, period, key));
    }

    /** Whether a window is read from Redis: not a rolling one that has passed or is still to come. */
    public boolean inRedis(WindowRef window) {
        return !window.period().isRolling()
                || calendars
                                .at(window.board(), window.period(), clock.instant())
                                .firstKey()
                        == window.key();
    }

    /** Whether a daily window is that of the day which is running. */
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

    /** The rolling windows that Redis is to hold: those that are running, and soon before their time the next ones. */
    public List<WindowRef> wanted(Board board) {
        return from(board, AHEAD);
    }

    /** The rolling windows that Redis may hold, by whatever process. What has been written is carried into them. */
    public List<WindowRef> inUse(Board board) {
        // Before anybody loads a window, everybody carries into it.
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

    /** Those of {@link #inUse} that an event of an instant belongs to. */
    public List<WindowRef> holding(Board board, Instant instant) {
        return inUse(board).stream()
                .filter(window -> window.window().holds(instant))
                .toList();
    }

    /** Whether no event could change a window of a frozen board any more when that was frozen. */
    public boolean wasSettled(WindowRef window) {
        Board board = window.board();
        return window.period().isRolling()
                && !window.window()
                        .end()
                        .plus(board.definition().lateness())
                        .isAfter(board.freeze().at());
    }

    /** How long Redis is to keep a window from now on, in milliseconds. */
    public long keptMillis(WindowRef window) {
        Duration left = Duration.between(clock.instant(), window.window().end());
        return KEPT.plus(left.isNegative() ? Duration.ZERO : left).toMillis();
    }

    /** Whether nobody will ask Redis for a rolling window any more. */
    public boolean hasPassed(WindowRef window) {
        return window.window().end().plus(KEPT).isBefore(clock.instant());
    }
}
