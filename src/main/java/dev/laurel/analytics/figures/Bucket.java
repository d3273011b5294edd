package dev.laurel.analytics.figures;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** The length of the buckets of a trend. Weeks begin on Mondays. */
public enum Bucket {
    DAY(30),
    WEEK(12),
    MONTH(12);

    private final int count;

    Bucket(int count) {
        this.count = count;
    }

    /** How many of them a trend has. */
    public int count() {
        return count;
    }

    /** The first day of the bucket of a day. */
    public LocalDate first(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the bucket some buckets later. */
    public LocalDate plus(LocalDate first, long buckets) {
        return switch (this) {
            case DAY -> first.plusDays(buckets);
            case WEEK -> first.plusWeeks(buckets);
            case MONTH -> first.plusMonths(buckets);
        };
    }
}
