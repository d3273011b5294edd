package dev.laurel.analytics.rollup;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Some days in a row, both ends inclusive. */
public record DayRange(LocalDate from, LocalDate to) {
    public DayRange {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("A range of days ends before it begins");
        }
    }

    public long length() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    /** As many days before this range. */
    public DayRange before() {
        return new DayRange(from.minusDays(length()), from.minusDays(1));
    }
}
