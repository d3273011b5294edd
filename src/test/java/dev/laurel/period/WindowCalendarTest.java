package dev.laurel.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Which window holds an instant, and from when to when it lasts, at the boundaries that others got wrong. */
class WindowCalendarTest {
    @ParameterizedTest
    @DisplayName("trap 11: a day has the length that its zone gives it then")
    @CsvSource({
        // zone, day, its first instant, the first instant after it, its length
        "UTC, 2024-02-29, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z, PT24H",
        "Europe/Berlin, 2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, PT23H",
        "Europe/Berlin, 2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, PT25H",
        "America/New_York, 2026-03-08, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z, PT23H",
        "America/New_York, 2026-11-01, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z, PT25H",
        "Asia/Kolkata, 2026-11-20, 2026-11-19T18:30:00Z, 2026-11-20T18:30:00Z, PT24H",
        // Clocks move by half an hour.
        "Australia/Lord_Howe, 2026-04-05, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z, PT24H30M",
        "Australia/Lord_Howe, 2026-10-04, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z, PT23H30M",
        // No midnight: the day begins at one o'clock. Then the night in which 23:00 comes twice.
        "America/Sao_Paulo, 2018-11-03, 2018-11-03T03:00:00Z, 2018-11-04T03:00:00Z, PT24H",
        "America/Sao_Paulo, 2018-11-04, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z, PT23H",
        "America/Sao_Paulo, 2019-02-16, 2019-02-16T02:00:00Z, 2019-02-17T03:00:00Z, PT25H",
        // The day between these two does not exist.
        "Pacific/Apia, 2011-12-29, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z, PT24H",
        "Pacific/Apia, 2011-12-31, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z, PT24H",
        // Clocks went from 00:01 back to 23:01: the minutes that come again belong to the day that has begun.
        "America/St_Johns, 2010-11-06, 2010-11-06T02:30:00Z, 2010-11-07T02:30:00Z, PT24H",
        "America/St_Johns, 2010-11-07, 2010-11-07T02:30:00Z, 2010-11-08T03:30:00Z, PT25H",
    })
    void aDayLastsFromItsFirstInstantToTheNextOnes(
            String zone, String day, Instant start, Instant end, Duration length) {
        WindowCalendar calendar = calendar(zone, DayOfWeek.MONDAY);
        Window expected = new Window(Period.DAILY, day, start, end);

        assertThat(calendar.parse("window", day, Period.DAILY)).isEqualTo(expected);
        assertThat(calendar.at(start, Period.DAILY)).isEqualTo(expected);
        assertThat(calendar.at(end.minusMillis(1), Period.DAILY)).isEqualTo(expected);
        assertThat(calendar.at(start.minusMillis(1), Period.DAILY).end()).isEqualTo(start);
        assertThat(calendar.after(expected).start()).isEqualTo(end);
        assertThat(Duration.between(start, end)).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({
        // zone, period, the last day, the first instant of the first day, the first instant after the last
        "UTC, LAST_7_DAYS, 2024-03-01, 2024-02-24T00:00:00Z, 2024-03-02T00:00:00Z",
        "UTC, LAST_30_DAYS, 2026-11-21, 2026-10-23T00:00:00Z, 2026-11-22T00:00:00Z",
        // With the hour that clocks leave out, and with the one that comes twice.
        "Europe/Berlin, LAST_7_DAYS, 2026-04-01, 2026-03-25T23:00:00Z, 2026-04-01T22:00:00Z",
        "Europe/Berlin, LAST_30_DAYS, 2026-11-20, 2026-10-21T22:00:00Z, 2026-11-20T23:00:00Z",
        // Seven days that there were: one day does not exist.
        "Pacific/Apia, LAST_7_DAYS, 2012-01-05, 2011-12-29T10:00:00Z, 2012-01-05T10:00:00Z",
        "Pacific/Apia, LAST_7_DAYS, 2012-01-06, 2011-12-30T10:00:00Z, 2012-01-06T10:00:00Z",
    })
    void aRollingWindowHasItsDaysUpToTheLast(String zone, Period period, String day, Instant start, Instant end) {
        WindowCalendar calendar = calendar(zone, DayOfWeek.MONDAY);
        Window expected = new Window(period, day, start, end);

        assertThat(calendar.parse("window", day, period)).isEqualTo(expected);
        assertThat(calendar.at(end.minusMillis(1), period)).isEqualTo(expected);
        assertThat(calendar.startingAt(start, period)).isEqualTo(expected);
        assertThat(calendar.at(end, period).start()).isAfter(start);
        assertThat(calendar.after(expected)).isEqualTo(calendar.at(end, period));
    }

    @ParameterizedTest
    @CsvSource({
        // zone, week start, an instant, the week that holds it, its first instant, the first instant after it
        "UTC, MONDAY, 2020-12-31T12:00:00Z, 2020-W53, 2020-12-28T00:00:00Z, 2021-01-04T00:00:00Z",
        "UTC, MONDAY, 2021-01-03T23:59:59.999Z, 2020-W53, 2020-12-28T00:00:00Z, 2021-01-04T00:00:00Z",
        "UTC, MONDAY, 2021-01-04T00:00:00Z, 2021-W01, 2021-01-04T00:00:00Z, 2021-01-11T00:00:00Z",
        "UTC, MONDAY, 2024-12-31T12:00:00Z, 2025-W01, 2024-12-30T00:00:00Z, 2025-01-06T00:00:00Z",
        "UTC, MONDAY, 2025-01-01T00:00:00Z, 2025-W01, 2024-12-30T00:00:00Z, 2025-01-06T00:00:00Z",
        "UTC, MONDAY, 2023-01-01T23:59:59.999Z, 2022-W52, 2022-12-26T00:00:00Z, 2023-01-02T00:00:00Z",
        "UTC, SUNDAY, 2026-01-03T12:00:00Z, 2025-W53, 2025-12-28T00:00:00Z, 2026-01-04T00:00:00Z",
        "UTC, SUNDAY, 2026-01-04T00:00:00Z, 2026-W01, 2026-01-04T00:00:00Z, 2026-01-11T00:00:00Z",
        "UTC, SATURDAY, 2026-01-02T12:00:00Z, 2025-W52, 2025-12-27T00:00:00Z, 2026-01-03T00:00:00Z",
        "UTC, SATURDAY, 2026-01-03T00:00:00Z, 2026-W01, 2026-01-03T00:00:00Z, 2026-01-10T00:00:00Z",
        "Europe/Berlin, MONDAY, 2026-03-25T12:00:00Z, 2026-W13, 2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z",
        "America/New_York, SUNDAY, 2026-11-04T12:00:00Z, 2026-W44, 2026-11-01T04:00:00Z, 2026-11-08T05:00:00Z",
        // A week of six days.
        "Pacific/Apia, MONDAY, 2011-12-31T00:00:00Z, 2011-W52, 2011-12-26T10:00:00Z, 2012-01-01T10:00:00Z",
        "Pacific/Apia, SATURDAY, 2011-12-30T10:00:00Z, 2012-W01, 2011-12-30T10:00:00Z, 2012-01-06T10:00:00Z",
        // A week whose first day has no midnight.
        "America/Sao_Paulo, SUNDAY, 2018-11-06T12:00:00Z, 2018-W45, 2018-11-04T03:00:00Z, 2018-11-11T02:00:00Z",
    })
    void aWeekBelongsToTheYearOfMostOfItsDays(
            String zone, DayOfWeek weekStart, Instant instant, String id, Instant start, Instant end) {
        WindowCalendar calendar = calendar(zone, weekStart);
        Window expected = new Window(Period.WEEKLY, id, start, end);

        assertThat(calendar.at(instant, Period.WEEKLY)).isEqualTo(expected);
        assertThat(calendar.parse("window", id, Period.WEEKLY)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, MONTHLY, 2024-02, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "UTC, MONTHLY, 2026-02, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "Europe/Berlin, MONTHLY, 2026-03, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z",
        "America/New_York, MONTHLY, 2026-12, 2026-12-01T05:00:00Z, 2027-01-01T05:00:00Z",
        "Asia/Kolkata, YEARLY, 2026, 2025-12-31T18:30:00Z, 2026-12-31T18:30:00Z",
        "Australia/Lord_Howe, MONTHLY, 2026-10, 2026-09-30T13:30:00Z, 2026-10-31T13:00:00Z",
        "America/Sao_Paulo, MONTHLY, 2018-11, 2018-11-01T03:00:00Z, 2018-12-01T02:00:00Z",
        "Pacific/Apia, MONTHLY, 2011-12, 2011-12-01T10:00:00Z, 2011-12-31T10:00:00Z",
        "Pacific/Apia, YEARLY, 2011, 2011-01-01T10:00:00Z, 2011-12-31T10:00:00Z",
    })
    void aMonthAndAYearBeginWithTheirFirstDay(String zone, Period period, String id, Instant start, Instant end) {
        WindowCalendar calendar = calendar(zone, DayOfWeek.MONDAY);
        Window expected = new Window(period, id, start, end);

        assertThat(calendar.parse("window", id, period)).isEqualTo(expected);
        assertThat(calendar.at(start, period)).isEqualTo(expected);
        assertThat(calendar.at(end.minusMillis(1), period)).isEqualTo(expected);
        assertThat(calendar.at(end, period).start()).isEqualTo(end);
    }

    @Test
    void allTimeIsOneWindowWithoutEnds() {
        WindowCalendar calendar = calendar("Pacific/Apia", DayOfWeek.MONDAY);
        Window all = new Window(Period.ALL_TIME, "all", null, null);

        assertThat(calendar.at(Instant.EPOCH, Period.ALL_TIME)).isEqualTo(all);
        assertThat(calendar.parse("window", "all", Period.ALL_TIME)).isEqualTo(all);
    }

    @Test
    @DisplayName("trap 11: 2011-12-30 does not exist in Apia")
    void theDayThatAZoneSkippedIsRefused() {
        assertRefused(calendar("Pacific/Apia", DayOfWeek.MONDAY), "2011-12-30", Period.DAILY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2021-W53", "2026-W00", "2026-W54", "2026-W1", "2026-W001", "2026W01", "2026-w01", "W01"})
    void aWeekThatDoesNotExistIsRefused(String id) {
        assertRefused(calendar("UTC", DayOfWeek.MONDAY), id, Period.WEEKLY);
    }

    @ParameterizedTest
    @CsvSource({
        "DAILY, 2026-02-29",
        "DAILY, 2026-13-01",
        "DAILY, 2026-00-10",
        "DAILY, 2026-1-1",
        "DAILY, 2026-11",
        "DAILY, 2026-11-20T00:00",
        "DAILY, ' 2026-11-20'",
        "DAILY, ''",
        "DAILY, 20261120",
        "DAILY, ２０２６-11-20",
        "DAILY, -2026-11-20",
        "DAILY, +12026-11-20",
        "MONTHLY, 2026-13",
        "MONTHLY, 2026-00",
        "MONTHLY, 2026",
        "MONTHLY, 2026-11-20",
        "YEARLY, 26",
        "YEARLY, 02026",
        "YEARLY, all",
        "ALL_TIME, ALL",
        "ALL_TIME, 2026",
    })
    void anythingButANameOfThePeriodIsRefused(Period period, String id) {
        assertRefused(calendar("Europe/Berlin", DayOfWeek.MONDAY), id, period);
    }

    @ParameterizedTest
    @EnumSource(
            value = Period.class,
            names = {"LAST_7_DAYS", "LAST_30_DAYS"})
    void rollingWindowsMoveOnWithEveryDay(Period period) {
        for (String zone : Zones.ALL) {
            WindowCalendar calendar = calendar(zone, DayOfWeek.MONDAY);
            Window window = calendar.at(Instant.parse("2009-12-31T00:00:00Z"), period);
            while (window.end().isBefore(Instant.parse("2022-01-03T00:00:00Z"))) {
                Window next = calendar.after(window);
                assertThat(next.start()).isStrictlyBetween(window.start(), window.end());
                assertThat(next.id()).isGreaterThan(window.id());
                assertThat(next.firstKey()).isGreaterThan(window.firstKey());
                assertThat(calendar.startingAt(next.start(), period)).isEqualTo(next);
                window = next;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Period.class,
            names = {"ALL_TIME", "SEASON", "LAST_7_DAYS", "LAST_30_DAYS"},
            mode = EnumSource.Mode.EXCLUDE)
    void windowsFollowEachOtherWithoutGapOrOverlap(Period period) {
        for (String zone : Zones.ALL) {
            for (DayOfWeek weekStart : DayOfWeek.values()) {
                WindowCalendar calendar = calendar(zone, weekStart);
                Window window = calendar.at(Instant.parse("2009-12-31T00:00:00Z"), period);
                while (window.end().isBefore(Instant.parse("2022-01-03T00:00:00Z"))) {
                    Window next = calendar.after(window);
                    assertThat(next.start())
                            .as("%s after %s in %s", next, window, zone)
                            .isEqualTo(window.end());
                    assertThat(next.id()).isGreaterThan(window.id());
                    assertThat(next.firstKey()).isGreaterThan(window.firstKey());
                    assertThat(calendar.at(next.start(), period)).isEqualTo(next);
                    assertThat(calendar.at(next.end().minusMillis(1), period)).isEqualTo(next);
                    assertThat(calendar.parse("window", next.id(), period)).isEqualTo(next);
                    window = next;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Period.class,
            names = {"ALL_TIME", "SEASON", "LAST_7_DAYS", "LAST_30_DAYS"},
            mode = EnumSource.Mode.EXCLUDE)
    void aroundEveryChangeOfAnyClockOnEarthAWindowHoldsItsInstants(Period period) {
        for (String zone : ZoneId.getAvailableZoneIds()) {
            WindowCalendar calendar = calendar(zone, DayOfWeek.MONDAY);
            for (Instant change : Zones.changes(ZoneId.of(zone))) {
                for (int minutes = -90; minutes <= 90; minutes += 15) {
                    Instant instant = change.plus(Duration.ofMinutes(minutes));
                    Window window = calendar.at(instant, period);
                    if (instant.isBefore(window.start()) || !instant.isBefore(window.end())) {
                        throw new AssertionError(window + " does not hold " + instant + " in " + zone);
                    }
                }
            }
        }
    }

    private static void assertRefused(WindowCalendar calendar, String id, Period period) {
        assertThatThrownBy(() -> calendar.parse("window", id, period))
                .isInstanceOfSatisfying(InvalidInput.class, refusal -> assertThat(refusal.errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.field()).isEqualTo("window")));
    }

    private static WindowCalendar calendar(String zone, DayOfWeek weekStart) {
        return new WindowCalendar(ZoneId.of(zone), weekStart);
    }
}
