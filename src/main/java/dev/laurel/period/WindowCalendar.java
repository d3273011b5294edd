package dev.laurel.period;

import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The windows of one time zone and week start.
 *
 * <p>A window begins at the first instant of its first day, which is not always midnight: where clocks skip midnight it
 * is the first instant after the gap ({@link LocalDate#atStartOfDay(ZoneId)}). It lasts until the next one begins, so
 * the windows of one period contain every instant exactly once. A week belongs to the year that contains at least four
 * of its days, as in ISO 8601, whatever day it starts on.
 */
public record WindowCalendar(ZoneId zone, DayOfWeek weekStart) {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern WEEK = Pattern.compile("(\\d{4})-W(\\d{2})");
    private static final Pattern MONTH = Pattern.compile("(\\d{4})-(\\d{2})");
    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern EVER = Pattern.compile("all");
    private static final Window ALL = new Window(Period.ALL_TIME, "all", null, null);

    /** The window of a period that contains an instant. */
    public Window at(Instant instant, Period period) {
        if (period == Period.ALL_TIME) {
            return ALL;
        }
        if (period.isRolling()) {
            return endingWith(at(instant, Period.DAILY), period);
        }
        Window window = on(LocalDate.ofInstant(instant, zone), period);
        // Clocks set back across midnight repeat minutes of the old day: the new day has begun, and keeps them.
        return instant.isBefore(window.end()) ? window : after(window);
    }

    /** The next window; all time has none. */
    public Window after(Window window) {
        return at(window.end(), window.period());
    }

    /** The window of a rolling period that ends with the given day. A day skipped by the time zone does not count. */
    public Window endingWith(Window day, Period rolling) {
        Window first = day;
        for (int days = 1; days < rolling.days(); days++) {
            first = at(first.start().minusMillis(1), Period.DAILY);
        }
        return new Window(rolling, day.id(), first.start(), day.end());
    }

    /** The window of a rolling period whose first day begins at the given instant. */
    public Window startingAt(Instant start, Period rolling) {
        Window last = at(start, Period.DAILY);
        for (int days = 1; days < rolling.days(); days++) {
            last = after(last);
        }
        return new Window(rolling, last.id(), start, last.end());
    }

    /**
     * The window with a name as returned by {@link Window#id()}, without a generation.
     *
     * @throws InvalidInput when the name is not one of this period, or its day does not exist; names {@code field}
     */
    public Window parse(String field, String id, Period period) {
        try {
            Window window = named(id, period);
            if (window.start() != null && !window.start().isBefore(window.end())) {
                throw new DateTimeException("a day that the zone skipped");
            }
            return window;
        } catch (DateTimeException e) {
            throw new InvalidInput(field, "must be a window of this period, such as " + example(period));
        }
    }

    private Window named(String id, Period period) {
        return switch (period) {
            case DAILY -> on(LocalDate.parse(matched(DAY, id).group()), period);
            case WEEKLY -> week(matched(WEEK, id));
            case MONTHLY -> on(LocalDate.parse(matched(MONTH, id).group() + "-01"), period);
            case YEARLY -> on(LocalDate.parse(matched(YEAR, id).group() + "-01-01"), period);
            case ALL_TIME -> {
                matched(EVER, id);
                yield ALL;
            }
            case LAST_7_DAYS, LAST_30_DAYS -> endingWith(parse("window", id, Period.DAILY), period);
            case SEASON -> throw noSeasons();
        };
    }

    private Window on(LocalDate day, Period period) {
        LocalDate first =
                switch (period) {
                    case DAILY -> day;
                    case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(weekStart));
                    case MONTHLY -> day.withDayOfMonth(1);
                    case YEARLY -> day.withDayOfYear(1);
                    case ALL_TIME -> throw new IllegalArgumentException("all time has no days");
                    case LAST_7_DAYS, LAST_30_DAYS -> throw new IllegalArgumentException("made of days, not of dates");
                    case SEASON -> throw noSeasons();
                };
        LocalDate next =
                switch (period) {
                    case DAILY -> first.plusDays(1);
                    case WEEKLY -> first.plusWeeks(1);
                    case MONTHLY -> first.plusMonths(1);
                    default -> first.plusYears(1);
                };
        Instant start = first.atStartOfDay(zone).toInstant();
        Instant end = next.atStartOfDay(zone).toInstant();
        return new Window(period, name(first, period), start, end);
    }

    private Window week(Matcher name) {
        WeekFields weeks = WeekFields.of(weekStart, 4);
        int year = Integer.parseInt(name.group(1));
        int number = Integer.parseInt(name.group(2));
        LocalDate firstWeek = LocalDate.of(year, 1, 4).with(TemporalAdjusters.previousOrSame(weekStart));
        LocalDate first = firstWeek.plusWeeks(number - 1L);
        if (number < 1 || first.get(weeks.weekBasedYear()) != year) {
            throw new DateTimeException("no such week");
        }
        return on(first, Period.WEEKLY);
    }

    private String name(LocalDate first, Period period) {
        return switch (period) {
            case DAILY -> first.toString();
            case WEEKLY -> {
                WeekFields weeks = WeekFields.of(weekStart, 4);
                int number = first.get(weeks.weekOfWeekBasedYear());
                yield first.get(weeks.weekBasedYear()) + (number < 10 ? "-W0" : "-W") + number;
            }
            case MONTHLY -> first.toString().substring(0, 7);
            default -> first.toString().substring(0, 4);
        };
    }

    private static IllegalArgumentException noSeasons() {
        return new IllegalArgumentException("seasons do not follow from the calendar");
    }

    private static Matcher matched(Pattern pattern, String id) {
        Matcher matcher = pattern.matcher(id);
        if (!matcher.matches()) {
            throw new DateTimeException("not a name of this period");
        }
        return matcher;
    }

    private static String example(Period period) {
        return switch (period) {
            case DAILY, LAST_7_DAYS, LAST_30_DAYS -> "2026-11-20";
            case WEEKLY -> "2026-W47";
            case MONTHLY -> "2026-11";
            case YEARLY -> "2026";
            case ALL_TIME -> "all";
            case SEASON -> throw noSeasons();
        };
    }
}
