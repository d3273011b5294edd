package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbers that grow when this process has changed a window and thereby show when a cached response is outdated: it is
 * cached under the stamp read before it was loaded. Windows share a fixed number of stamps; two windows on one stamp
 * only cost an extra load.
 */
@ApplicationScoped
public class ChangeStamps {
    private static final int STAMPS = 4096;

    private final WindowCalendars calendars;
    private final AtomicLongArray stamps = new AtomicLongArray(STAMPS);
    private final AtomicLongArray decisions = new AtomicLongArray(STAMPS);
    private final AtomicLong all = new AtomicLong();

    ChangeStamps(WindowCalendars calendars) {
        this.calendars = calendars;
    }

    /** The stamp of a window, the same for all its generations. */
    public long of(WindowRef window) {
        return stamps.get(index(window.board(), window.window()));
    }

    /** As {@link #of}, for a response that also reports how players have moved since the previous window. */
    public long withBefore(WindowRef window) {
        return of(window)
                + calendars
                        .before(window.board(), window.window())
                        .map(before -> stamps.get(index(window.board(), before)))
                        .orElse(0L);
    }

    public void changed(WindowRef window) {
        stamps.incrementAndGet(index(window.board(), window.window()));
    }

    /** The stamps together of all windows of a board that contain an instant, the rolling ones apart. */
    public long at(Board board, Instant instant) {
        long sum = 0;
        for (Period period : board.definition().periods()) {
            Window window = period.isRolling() ? null : calendars.at(board, period, instant);
            sum += window == null ? 0 : stamps.get(index(board, window));
        }
        return sum;
    }

    /** As {@link #changed}, by a decision on who takes a rank. */
    public void decided(WindowRef window) {
        changed(window);
        decisions.incrementAndGet(window.board().id() & (STAMPS - 1));
    }

    /** Grows with every such decision on a board by this process. */
    public long ofDecisions(Board board) {
        return decisions.get(board.id() & (STAMPS - 1)) + all.get();
    }

    /** Grows when everything has changed at once, for answers that are cached longer than single changes would allow. */
    public long ofAll() {
        return all.get();
    }

    /** Outdates every cached response of this process. */
    public void changeAll() {
        all.incrementAndGet();
        for (int i = 0; i < STAMPS; i++) {
            stamps.incrementAndGet(i);
        }
    }

    private static int index(Board board, Window window) {
        long mixed =
                (window.firstKey() * 31 + board.id()) * 31 + window.period().code();
        return (int) ((mixed ^ mixed >>> 20 ^ mixed >>> 40) & (STAMPS - 1));
    }
}
