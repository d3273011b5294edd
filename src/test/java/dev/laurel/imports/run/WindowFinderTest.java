package dev.laurel.imports.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.board.RankMode;
import dev.laurel.board.Season;
import dev.laurel.board.SortOrder;
import dev.laurel.board.TieBreak;
import dev.laurel.board.rules.AccessRules;
import dev.laurel.board.rules.EligibilityRules;
import dev.laurel.board.rules.MembershipRules;
import dev.laurel.board.rules.MetricRules;
import dev.laurel.board.rules.PlausibilityRules;
import dev.laurel.imports.run.WindowFinder.Span;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;
import dev.laurel.shared.Window;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** How far the windows of one instant are those of its neighbours. */
class WindowFinderTest {
    private static final Instant MARCH = Instant.parse("2024-03-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2024-06-01T00:00:00Z");
    private static final Instant SEPTEMBER = Instant.parse("2024-09-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2024-12-01T00:00:00Z");

    private final Board board = new Board(
            1,
            Tenant.DEFAULT,
            "board",
            1,
            definition(),
            List.of(new Season("s1", "S1", MARCH, JUNE), new Season("s2", "S2", SEPTEMBER, DECEMBER)),
            null,
            Set.of(),
            null,
            null);

    private final WindowRef all =
            new WindowRef(board, new Window(Period.ALL_TIME, "all", null, null), 0, "all", WindowState.OPEN, true);

    /** A file of a year has millions of them. */
    @Test
    void betweenTwoSeasonsNothingIsLookedUpTwice() {
        assertSpan(span("2024-07-15T10:00:00Z"), JUNE.toEpochMilli(), SEPTEMBER.toEpochMilli());
        assertSpan(span("2024-06-01T00:00:00Z"), JUNE.toEpochMilli(), SEPTEMBER.toEpochMilli());
        assertSpan(span("2024-01-15T10:00:00Z"), Long.MIN_VALUE, MARCH.toEpochMilli());
        assertSpan(span("2025-01-15T10:00:00Z"), DECEMBER.toEpochMilli(), Long.MAX_VALUE);
    }

    /** A file that reaches over centuries would open, and have closed, a window for each day. */
    @Test
    void beyondTheMaximumNoWindowsAreLookedUp() {
        List<Instant> asked = new ArrayList<>();
        WindowFinder finder = new WindowFinder(
                (ofBoard, instant) -> {
                    asked.add(instant);
                    return Uni.createFrom().item(day(instant));
                },
                window -> {},
                3);
        List<Instant> days = IntStream.range(0, 5)
                .mapToObj(day -> MARCH.plus(day, ChronoUnit.DAYS))
                .toList();
        finder.find(board, days).await().indefinitely();
        assertThat(asked).isEqualTo(days.subList(0, 3));
        assertThat(days.stream().map(day -> finder.at(day.plusMillis(1)) != null))
                .containsExactly(true, true, true, false, false);
        finder.clear();
        finder.find(board, days.subList(3, 5)).await().indefinitely();
        assertThat(finder.at(days.get(4))).isNotNull();
    }

    private Span day(Instant start) {
        Window day = new Window(Period.DAILY, start.toString(), start, start.plus(1, ChronoUnit.DAYS));
        WindowRef own = new WindowRef(board, day, start.getEpochSecond(), day.id(), WindowState.OPEN, true);
        return WindowFinder.span(board, start, List.of(own), Map.of());
    }

    private Span span(String instant) {
        return WindowFinder.span(board, Instant.parse(instant), List.of(all), Map.of());
    }

    private static void assertSpan(Span span, long start, long end) {
        assertThat(span.start()).isEqualTo(start);
        assertThat(span.end()).isEqualTo(end);
    }

    private static BoardDefinition definition() {
        return new BoardDefinition(
                "Seasons",
                Operator.SUM,
                SortOrder.DESC,
                Set.of(Period.ALL_TIME, Period.SEASON),
                ZoneOffset.UTC,
                DayOfWeek.MONDAY,
                RankMode.COMPETITION,
                TieBreak.EARLIEST,
                0,
                -10,
                10,
                null,
                List.of("score"),
                Duration.ZERO,
                null,
                EligibilityRules.NONE,
                MembershipRules.NONE,
                0,
                PlausibilityRules.NONE,
                null,
                MetricRules.NONE,
                AccessRules.NONE);
    }
}
