package dev.laurel.warming.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;

/** The hours of a week by the clock of a zone, from Monday 0:00, which is 0, to Sunday 23:00, which is 167. */
public record HourOfWeek(ZoneId zone) {
    public static final int HOURS_A_DAY = 24;
    public static final int HOURS = 7 * HOURS_A_DAY;

    public int of(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        return (local.getDayOfWeek().getValue() - 1) * HOURS_A_DAY + local.getHour();
    }

    /** When the hour begins in which an instant lies. */
    public Instant begin(Instant instant) {
        return instant.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    /** When the next hour begins. */
    public Instant next(Instant instant) {
        return begin(begin(instant).plus(Duration.ofMinutes(90)));
    }

    /** The same hour of each day. */
    public static int[] ofEachDay(int hour) {
        return IntStream.range(0, 7)
                .map(day -> day * HOURS_A_DAY + hour % HOURS_A_DAY)
                .toArray();
    }
}
