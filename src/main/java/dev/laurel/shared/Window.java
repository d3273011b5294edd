package dev.laurel.shared;

import java.time.Instant;

/**
 * One instance of a period, half-open: {@code [start, end)}.
 *
 * @param id as written: {@code 2026-11-20}, {@code 2026-W47}, {@code 2026-11}, {@code 2026}, {@code all}; for a
 *     rolling window that of its last day
 * @param start first instant, null for all time
 * @param end first instant after it, null for all time
 */
public record Window(Period period, String id, Instant start, Instant end) {
    /** Maximum number of generations of one window: a manual reset starts the next. */
    public static final int MAX_GENERATIONS = 1024;

    /**
     * The key under which generation 0 is stored; later generations have consecutive keys. Keys of a period sort in the
     * order of its windows. Start times between the years 1700 and 2200 keep a key far inside 2^63.
     */
    public long firstKey() {
        return start == null ? 0 : start.toEpochMilli() * MAX_GENERATIONS;
    }

    /** Whether an instant lies in it. */
    public boolean holds(Instant instant) {
        return (start == null || !instant.isBefore(start)) && (end == null || instant.isBefore(end));
    }
}
