package dev.laurel.demo;

import dev.laurel.board.Season;

import java.time.Instant;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Seasons of three months each, named after the northern seasons. */
final class DemoSeasons {
    private static final int MONTHS = 3;

    /** Number of seasons before the running one, so that some have ended. */
    private static final int PAST = 2;

    private DemoSeasons() {}

    /** The running season, two before it, and the next one, in chronological order. */
    static List<Season> around(Instant now) {
        YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        // Winter begins in December.
        YearMonth start = month.minusMonths(month.getMonthValue() % MONTHS);
        return IntStream.rangeClosed(-PAST, 1)
                .mapToObj(number -> season(start.plusMonths((long) MONTHS * number)))
                .toList();
    }

    private static Season season(YearMonth start) {
        String name = name(start.getMonth());
        return new Season(
                start.getYear() + "-" + name.toLowerCase(Locale.ROOT),
                name + " " + start.getYear(),
                first(start),
                first(start.plusMonths(MONTHS)));
    }

    private static Instant first(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static String name(Month start) {
        return switch (start) {
            case DECEMBER -> "Winter";
            case MARCH -> "Spring";
            case JUNE -> "Summer";
            case SEPTEMBER -> "Autumn";
            default -> throw new IllegalArgumentException("No season begins in " + start);
        };
    }
}
