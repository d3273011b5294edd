package dev.laurel.web.analytics;

import dev.laurel.analytics.PlayerAnalytics;
import dev.laurel.analytics.rollup.DayRange;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** The parameters that select some days, in the zone of a board. */
public class Days {
    private static final int DEFAULT_DAYS = 30;

    /** Days are limited to the years that a timestamp of the ledger can represent. */
    private static final int MAX_YEAR = 9999;

    @QueryParam("from")
    @Parameter(
            description = "First day; 29 days before the last when not given",
            schema = @Schema(format = "date", examples = "2026-11-01"))
    String from;

    @QueryParam("to")
    @Parameter(
            description = "Last day, at most 365 days after the first; today when not given",
            schema = @Schema(format = "date", examples = "2026-11-28"))
    String to;

    DayRange range(LocalDate today) {
        return range(from, to, today);
    }

    void validate() {
        day("from", from);
        day("to", to);
    }

    static DayRange range(String from, String to, LocalDate today) {
        LocalDate first = day("from", from);
        LocalDate last = day("to", to);
        if (last == null) {
            last = first != null && first.isAfter(today) ? first : today;
        }
        if (first == null) {
            first = last.minusDays(DEFAULT_DAYS - 1L);
        }
        if (first.isAfter(last)) {
            throw new InvalidInput("from", "must not be after the last day");
        }
        DayRange range = new DayRange(first, last);
        if (range.length() > PlayerAnalytics.MAX_DAYS) {
            throw new InvalidInput(
                    "to", "must be within " + (PlayerAnalytics.MAX_DAYS - 1) + " days after the first day");
        }
        return range;
    }

    private static LocalDate day(String name, String text) {
        if (text == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() > 0 && day.getYear() <= MAX_YEAR) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // falls through: text that is not a date and a day that cannot exist are reported alike
        }
        throw new InvalidInput(name, "must be a day such as 2026-11-28");
    }
}
