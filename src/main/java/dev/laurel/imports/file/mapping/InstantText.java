package dev.laurel.imports.file.mapping;

import dev.laurel.imports.file.table.SerialDate;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Dates and times as files contain them. */
final class InstantText {
    private static final int DATE_LENGTH = "2026-11-29".length();
    private static final int YEAR_LENGTH = 4;

    /** Days of a spreadsheet: from 1927 to 2310. */
    private static final BigDecimal FIRST_SERIAL = BigDecimal.valueOf(10_000);

    private static final BigDecimal LAST_SERIAL = BigDecimal.valueOf(150_000);

    /** Seconds since 1970: from 1973 on. */
    private static final BigDecimal FIRST_SECOND = BigDecimal.valueOf(100_000_000L);

    /** Milliseconds since 1970: from 1973 on; as seconds it would be the year 5138. */
    private static final BigDecimal FIRST_MILLI = BigDecimal.valueOf(100_000_000_000L);

    private static final BigDecimal LAST_MILLI = BigDecimal.valueOf(10_000_000_000_000L);

    private InstantText() {}

    /**
     * The instant of a date and time in ISO 8601, of a date or a year, of seconds or milliseconds since 1970, or of a
     * day of a spreadsheet.
     *
     * @param zone of what names none
     * @throws InvalidInput when it is none of these
     */
    static Instant parse(String text, ZoneId zone) {
        try {
            if (text.length() >= DATE_LENGTH && text.charAt(YEAR_LENGTH) == '-') {
                return iso(text, zone);
            }
            if (text.matches("[0-9]{1,13}(\\.[0-9]{1,18})?")) {
                return number(text, zone);
            }
        } catch (DateTimeException e) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static Instant iso(String text, ZoneId zone) {
        if (text.length() == DATE_LENGTH) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        String time = text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                : text;
        boolean zoned = time.endsWith("Z") || time.indexOf('+') > 0 || time.lastIndexOf('-') > DATE_LENGTH;
        return zoned
                ? OffsetDateTime.parse(time).toInstant()
                : LocalDateTime.parse(time).atZone(zone).toInstant();
    }

    private static Instant number(String text, ZoneId zone) {
        BigDecimal number = new BigDecimal(text);
        if (text.length() == YEAR_LENGTH) {
            return LocalDate.of(Integer.parseInt(text), 1, 1).atStartOfDay(zone).toInstant();
        }
        if (number.compareTo(FIRST_MILLI) >= 0 && number.compareTo(LAST_MILLI) < 0) {
            return Instant.ofEpochMilli(number.longValue());
        }
        if (number.compareTo(FIRST_SECOND) >= 0 && number.compareTo(FIRST_MILLI) < 0) {
            return Instant.ofEpochMilli(number.movePointRight(3).longValue());
        }
        if (number.compareTo(FIRST_SERIAL) >= 0 && number.compareTo(LAST_SERIAL) < 0) {
            return SerialDate.of(number, false).atZone(zone).toInstant();
        }
        throw unreadable();
    }

    private static InvalidInput unreadable() {
        return new InvalidInput(
                "occurredAt",
                "must be a date or time in ISO 8601 such as 2026-11-29T18:30:00Z, a year, seconds or milliseconds since "
                        + "1970, or the day number of a spreadsheet");
    }
}
