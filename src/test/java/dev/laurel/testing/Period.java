package dev.laurel.testing;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.IsoFields;
import java.util.List;

/** A kind of window as the tests know it: its word in a path and how its window ids are written. */
public enum Period {
    DAILY("daily", DateTimeFormatter.ofPattern("uuuu-MM-dd")),
    WEEKLY("weekly", isoWeek()),
    MONTHLY("monthly", DateTimeFormatter.ofPattern("uuuu-MM")),
    YEARLY("yearly", DateTimeFormatter.ofPattern("uuuu")),
    ALL_TIME("all_time", DateTimeFormatter.ofPattern("'all'")),
    LAST_7_DAYS("last_7_days", DateTimeFormatter.ofPattern("uuuu-MM-dd")),
    LAST_30_DAYS("last_30_days", DateTimeFormatter.ofPattern("uuuu-MM-dd"));

    private static final List<Period> CALENDAR = List.of(DAILY, WEEKLY, MONTHLY, YEARLY, ALL_TIME);

    private final String word;
    private final DateTimeFormatter ids;

    Period(String word, DateTimeFormatter ids) {
        this.word = word;
        this.ids = ids;
    }

    /** The periods whose windows do not overlap. */
    public static List<Period> calendar() {
        return CALENDAR;
    }

    /** The period's word in a path. */
    public String word() {
        return word;
    }

    /** The id of the window that holds an instant, in a zone, for weeks that start on Monday. */
    public String windowAt(Instant instant, ZoneId zone) {
        return ids.format(ZonedDateTime.ofInstant(instant, zone));
    }

    private static DateTimeFormatter isoWeek() {
        return new DateTimeFormatterBuilder()
                .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
                .appendLiteral("-W")
                .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
                .toFormatter();
    }
}
