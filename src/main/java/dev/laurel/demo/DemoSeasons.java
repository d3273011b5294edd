package dev.laurel.demo;

import dev.laurel.board.Season;

import java.time.Instant;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Seasons of three months each, named as those of the northern year. */
final class DemoSeasons {
    private static final int MONTHS = 3;

    /** Back from the one that is running, so that there are some which have ended. */
    private static final int PAST = 2;

    private DemoSeasons() {}

    /** The season that is running, two before it, and the next, in the order of time. */
    static List<Season> around(Instant now) {
        YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        // December opens the winter.
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
