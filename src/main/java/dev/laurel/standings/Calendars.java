package dev.laurel.standings;

import dev.laurel.board.Board;
import dev.laurel.period.WindowCalendar;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The calendars of boards, each with the window of every period that was asked for last: nearly every question is about
 * that one again, and the arithmetic of zones costs more than all the rest of a lookup.
 */
@ApplicationScoped
class Calendars {
    /** Bounded by the zones there are and the days a week can start on. */
    private final Map<WindowCalendar, AtomicReferenceArray<Window>> recent = new ConcurrentHashMap<>();

    static WindowCalendar of(Board board) {
        return new WindowCalendar(board.definition().zone(), board.definition().weekStart());
    }

    /** The window of a period that holds an instant. */
    Window at(Board board, Period period, Instant instant) {
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

    private static boolean holds(Window window, Instant instant) {
        return window.start() == null || !instant.isBefore(window.start()) && instant.isBefore(window.end());
    }
}
