package dev.laurel.testing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The published results of Formula One: F1DB, https://github.com/f1db/f1db, CC BY 4.0. */
public final class RaceData {

    private RaceData() {}

    /** One driver's points of one race or sprint. */
    public record Result(String eventId, Round round, LocalDate date, String driver, BigDecimal points) {

        /** The instant that stands for the date: 14:00 UTC. */
        public Instant instant() {
            return date.atTime(LocalTime.of(14, 0)).toInstant(ZoneOffset.UTC);
        }

        public ScoreEvent event() {
            return new ScoreEvent(driver, points, eventId, instant());
        }
    }

    /** One round of a season: a race, and a sprint where there was one. */
    public record Round(int season, int number) {}

    /** One row of an official table after a round; the rank is a number or {@code DSQ}. */
    public record OfficialPlace(Round round, String rank, String driver, BigDecimal points) {}

    /** One row of a window's ranking that follows from the results. */
    public record ExpectedPlace(Period period, String window, long rank, String driver, BigDecimal points) {}

    /** All results in the order of their dates. */
    public static List<Result> results() {
        return CsvResource.rows("f1_events.csv.gz").stream()
                .map(row -> new Result(
                        row.get("event_id"),
                        round(row),
                        LocalDate.parse(row.get("date")),
                        row.get("driver_id"),
                        points(row)))
                .toList();
    }

    public static List<OfficialPlace> officialPlaces() {
        return CsvResource.rows("f1_driver_standings_after_race.csv.gz").stream()
                .map(row -> new OfficialPlace(round(row), row.get("rank"), row.get("driver_id"), points(row)))
                .toList();
    }

    public static List<ExpectedPlace> expectedPlaces() {
        return CsvResource.rows("f1_expected_windows_utc.csv.gz").stream()
                .map(row -> new ExpectedPlace(
                        period(row.get("period")),
                        row.get("key"),
                        Long.parseLong(row.get("rank")),
                        row.get("driver_id"),
                        points(row)))
                .toList();
    }

    private static Round round(Map<String, String> row) {
        return new Round(Integer.parseInt(row.get("season")), Integer.parseInt(row.get("round")));
    }

    private static BigDecimal points(Map<String, String> row) {
        return new BigDecimal(row.get("points"));
    }

    private static Period period(String word) {
        return switch (word) {
            case "day" -> Period.DAILY;
            case "week" -> Period.WEEKLY;
            case "month" -> Period.MONTHLY;
            case "year" -> Period.YEARLY;
            default -> throw new IllegalArgumentException(word);
        };
    }
}
