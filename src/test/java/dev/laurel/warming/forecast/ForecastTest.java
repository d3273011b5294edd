package dev.laurel.warming.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laurel.shared.Tenant;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is foretold of a recorded week, by a moved clock. */
class ForecastTest {
    private static final Decay DECAY = new Decay(Duration.ofDays(14));
    private static final HourOfWeek WEEK = new HourOfWeek(ZoneOffset.UTC);
    private static final Forecast FORECAST = new Forecast(WEEK, DECAY);

    /** A Monday. */
    private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final int PLAYERS = 20_000;
    private static final int REGULARS = 400;

    private static View player(int number) {
        return new View("players", Tenant.DEFAULT, "p" + number, "p" + number);
    }

    /** A cache whose values stay for five minutes. */
    private static final class Cache {
        private final Map<View, Instant> until = new HashMap<>();

        boolean read(View view, Instant now) {
            return !load(view, now);
        }

        /** Whether it was missing. */
        boolean load(View view, Instant now) {
            Instant kept = until.get(view);
            if (kept != null && now.isBefore(kept)) {
                return false;
            }
            until.put(view, now.plus(KEPT));
            return true;
        }
    }

    /** A request of the week. */
    private record Request(Instant at, View view) {}

    /**
     * One day: some reads of anybody all day long, and from 8 o'clock the regulars, nine of ten of them each day, who
     * look once and some of them again, and among them people who come by chance.
     */
    private static List<Request> day(Instant midnight, Random random) {
        List<Request> day = new ArrayList<>();
        for (int minute = 0; minute < 24 * 60; minute++) {
            day.add(new Request(midnight.plus(Duration.ofMinutes(minute)), player(random.nextInt(PLAYERS))));
        }
        Instant peak = midnight.plus(Duration.ofHours(8));
        for (int regular = 0; regular < REGULARS; regular++) {
            if (random.nextInt(10) > 0) {
                Duration arrival = Duration.ofSeconds(random.nextInt(240));
                day.add(new Request(peak.plus(arrival), player(regular)));
                if (random.nextInt(4) == 0) {
                    day.add(new Request(peak.plus(arrival).plusSeconds(20), player(regular)));
                }
            }
        }
        for (int stranger = 0; stranger < REGULARS / 20; stranger++) {
            day.add(new Request(peak.plusSeconds(random.nextInt(240)), player(random.nextInt(PLAYERS))));
        }
        day.sort(Comparator.comparing(Request::at));
        return day;
    }

    /** The share of the first five minutes' requests of the last day's peak that hit, after so many days of traffic. */
    private static double hitsOfPeak(int days, boolean predictive) {
        Random random = new Random(42);
        RememberedDemand store = new RememberedDemand(DECAY, 500);
        HourCounts counts = new HourCounts(WEEK, 500);
        Cache cache = new Cache();
        Instant kept = MONDAY;
        int asked = 0;
        int hits = 0;
        for (int day = 0; day < days; day++) {
            Instant midnight = MONDAY.plus(Duration.ofDays(day));
            Instant peak = midnight.plus(Duration.ofHours(8));
            boolean warmed = false;
            for (Request request : day(midnight, random)) {
                if (request.at().isAfter(kept.plus(KEPT))) {
                    kept = request.at();
                    store.add(counts.take(kept)).await().indefinitely();
                }
                if (predictive && !warmed && !request.at().isBefore(peak.minus(AHEAD))) {
                    warmed = true;
                    known(store, peak).forEach(view -> cache.load(view, request.at()));
                }
                boolean hit = cache.read(request.view(), request.at());
                if (day == days - 1
                        && !request.at().isBefore(peak)
                        && request.at().isBefore(peak.plus(KEPT))) {
                    asked++;
                    hits += hit ? 1 : 0;
                }
                counts.add(Map.of(request.view(), 1L), request.at());
            }
        }
        return (double) hits / asked;
    }

    private static List<View> known(RememberedDemand store, Instant hour) {
        List<Demand> demand =
                store.at(HourOfWeek.ofEachDay(WEEK.of(hour))).await().indefinitely();
        return FORECAST.wanted(demand, hour, 2_000);
    }

    @Test
    void thePeakOfADayFindsWhatItWantsAfterAWeek() {
        assertThat(hitsOfPeak(8, false)).isBetween(0.15, 0.25);
        assertThat(hitsOfPeak(8, true)).isGreaterThan(0.8);
    }

    @Test
    void oneDayIsEnoughToBeginWith() {
        assertThat(hitsOfPeak(2, true)).isGreaterThan(0.75);
    }

    @Test
    void theSameDayOfTheWeekCountsMoreThanOthers() {
        int monday8 = WEEK.of(MONDAY.plus(Duration.ofHours(8)));
        List<Demand> known = List.of(
                new Demand(player(1), monday8, 3, MONDAY),
                new Demand(player(2), monday8 + 24, 5, MONDAY),
                new Demand(player(3), monday8 + 48, 1, MONDAY),
                new Demand(player(4), monday8 + 24, 0.5, MONDAY));

        assertThat(FORECAST.wanted(known, MONDAY.plus(Duration.ofHours(8)), 10))
                .containsExactly(player(1), player(2), player(3));
        assertThat(FORECAST.wanted(known, MONDAY.plus(Duration.ofHours(8)), 2)).containsExactly(player(1), player(2));
    }

    @Test
    void whatNobodyReadsAnyMoreIsForgotten() {
        Instant wednesday = MONDAY.plus(Duration.ofDays(2));
        List<Demand> known = List.of(new Demand(player(1), WEEK.of(wednesday), 1, wednesday));

        assertThat(FORECAST.wanted(known, wednesday.plus(Duration.ofDays(7)), 10))
                .containsExactly(player(1));
        assertThat(FORECAST.wanted(known, wednesday.plus(Duration.ofDays(28)), 10))
                .isEmpty();
        assertThat(DECAY.at(wednesday.plus(Duration.ofDays(28)), 8, wednesday)).isEqualTo(2);
    }

    @Test
    void whatIsRememberedIsBounded() {
        RememberedDemand store = new RememberedDemand(DECAY, 20);
        HourCounts counts = new HourCounts(WEEK, 20);
        for (int i = 0; i < 10_000; i++) {
            counts.add(Map.of(player(i), 1L), MONDAY.plus(Duration.ofMinutes(i)));
            if (i % 1_000 == 0) {
                store.add(counts.take(MONDAY.plus(Duration.ofMinutes(i))))
                        .await()
                        .indefinitely();
            }
        }

        assertThat(counts.take(MONDAY.plus(Duration.ofMinutes(10_000)))).hasSizeLessThanOrEqualTo(24 * 20);
        assertThat(store.size()).isLessThanOrEqualTo(HourOfWeek.HOURS * 20);
    }

    @Test
    void whatCouldNotBeRememberedIsRememberedLaterForItsHour() {
        HourCounts counts = new HourCounts(WEEK, 20);
        counts.add(Map.of(player(1), 2L), MONDAY);
        counts.giveBack(counts.take(MONDAY));
        counts.add(Map.of(player(1), 3L), MONDAY.plusSeconds(60));
        counts.add(Map.of(player(2), 1L), MONDAY.plus(Duration.ofHours(1)));

        assertThat(counts.take(MONDAY.plus(Duration.ofHours(1))))
                .extracting(Demand::view, Demand::hour, Demand::weight)
                .containsExactlyInAnyOrder(tuple(player(1), 0, 5.0), tuple(player(2), 1, 1.0));
        assertThat(counts.take(MONDAY)).isEmpty();
    }

    @Test
    void hoursAreThoseOfTheZone() {
        HourOfWeek berlin = new HourOfWeek(ZoneId.of("Europe/Berlin"));

        assertThat(berlin.of(Instant.parse("2026-06-08T06:30:00Z"))).isEqualTo(8);
        assertThat(berlin.of(Instant.parse("2026-11-09T07:30:00Z"))).isEqualTo(8);
        assertThat(berlin.of(Instant.parse("2026-11-08T23:30:00Z"))).isEqualTo(0);
        assertThat(new HourOfWeek(ZoneId.of("Asia/Kolkata")).next(Instant.parse("2026-11-09T07:31:00Z")))
                .isEqualTo(Instant.parse("2026-11-09T08:30:00Z"));
        assertThat(HourOfWeek.ofEachDay(100)).containsExactly(4, 28, 52, 76, 100, 124, 148);
    }

    @Test
    void theQuietHourIsTheMiddleOfQuietOnes() {
        double[] weights = new double[HourOfWeek.HOURS];
        assertThat(QuietHour.of(weights)).isEqualTo(QuietHour.USUAL);

        for (int hour = 0; hour < weights.length; hour++) {
            weights[hour] = hour % 24 >= 11 && hour % 24 <= 15 ? 1 : 50;
        }
        weights[26] = 0;
        assertThat(QuietHour.of(weights)).isEqualTo(13);
    }
}
