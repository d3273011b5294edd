package dev.laurel.imports.file.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** Days as spreadsheets count them: from 1900, in which they believe in a 29 February, or from 1904. */
public final class SerialDate {
    private static final LocalDate EPOCH_1900 = LocalDate.of(1899, 12, 30);
    private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);

    /** 1 March 1900, the day after the one that never was. */
    private static final int FIRST_RIGHT_DAY = 61;

    private static final BigDecimal MILLIS_PER_DAY = BigDecimal.valueOf(86_400_000L);

    /** 31 December 9999. */
    private static final BigDecimal LAST = BigDecimal.valueOf(2_958_466L);

    /** More decimals than a millisecond of a day has; a number may have billions, and cost as much. */
    private static final int MAX_DECIMALS = 400;

    private SerialDate() {}

    /** The date and time, to the millisecond; null when the number is none. */
    public static LocalDateTime of(BigDecimal days, boolean from1904) {
        if (days.signum() < 0 || days.scale() > MAX_DECIMALS || days.compareTo(LAST) >= 0) {
            return null;
        }
        long whole = days.longValue();
        long millis = days.subtract(BigDecimal.valueOf(whole))
                .multiply(MILLIS_PER_DAY)
                .setScale(0, RoundingMode.HALF_UP)
                .longValue();
        LocalDate epoch = from1904 ? EPOCH_1904 : EPOCH_1900;
        long day = !from1904 && whole < FIRST_RIGHT_DAY ? whole + 1 : whole;
        return epoch.plusDays(day).atStartOfDay().plus(millis, ChronoUnit.MILLIS);
    }
}
