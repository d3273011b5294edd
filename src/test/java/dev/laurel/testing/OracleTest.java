package dev.laurel.testing;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.Oracle.Effect;
import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.OracleRanking.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Examples worked out by hand for the oracle that the service is compared with. */
class OracleTest {

    private static final String NOON = "2026-03-04T12:00:00Z";
    private static final String ONE = "2026-03-04T13:00:00Z";
    private static final Window ALL = new Window(Period.ALL_TIME, "all");

    @Test
    void equalScoresShareARankAndTheFirstToReachThemIsListedFirst() {
        Oracle oracle = new Oracle(aBoard("o").allTime().build());
        send(oracle, "late", "5", ONE);
        send(oracle, "early", "5", NOON);
        send(oracle, "top", "9", ONE);
        send(oracle, "last", "1", NOON);

        OracleRanking ranking = oracle.ranking(ALL);

        assertThat(players(ranking.places())).containsExactly("top", "early", "late", "last");
        assertThat(ranking.places()).extracting(Place::rank).containsExactly(1L, 2L, 2L, 4L);
        assertThat(ranking.percentile("top")).isEqualTo(87.5);
        assertThat(ranking.percentile("early")).isEqualTo(50.0);
        assertThat(ranking.tied()).isEqualTo(2);
        assertThat(players(ranking.around("top", 1))).containsExactly("top", "early");
        assertThat(players(ranking.around("late", 1))).containsExactly("early", "late", "last");
        assertThat(ranking.ahead("top")).isEmpty();
        assertThat(ranking.behind("early").orElseThrow().playerId()).isEqualTo("late");
        assertThat(players(ranking.among(Set.of("last", "early")))).containsExactly("early", "last");
    }

    @Test
    void ordinalRanksCountOnAndTheSameInstantIsOrderedByBytes() {
        Oracle oracle =
                new Oracle(aBoard("o").best().ascending().ordinal().allTime().build());
        for (String player : List.of("b", "a~", "a", "B", "a-", "0")) {
            send(oracle, player, "7", NOON);
        }

        List<Place> places = oracle.ranking(ALL).places();

        assertThat(players(places)).containsExactly("0", "B", "a", "a-", "a~", "b");
        assertThat(places).extracting(Place::rank).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aSumIsReachedWhenItLastChanged() {
        Oracle oracle = new Oracle(aBoard("o").sum().allTime().build());

        assertThat(send(oracle, "a", "0", NOON)).isEqualTo(Effect.APPLIED);
        assertThat(send(oracle, "a", "0", ONE)).isEqualTo(Effect.UNCHANGED);
        assertThat(achieved(oracle)).isEqualTo(NOON);
        assertThat(send(oracle, "a", "2.5", ONE)).isEqualTo(Effect.APPLIED);
        assertThat(send(oracle, "a", "1", NOON)).isEqualTo(Effect.APPLIED);

        assertThat(achieved(oracle)).isEqualTo(ONE);
        assertThat(oracle.ranking(ALL).places().get(0).score()).isEqualByComparingTo("3.5");
    }

    @Test
    void aSumOfNothingWasReachedWithTheFirstOfIt() {
        Oracle oracle = new Oracle(aBoard("o").sum().allTime().build());
        send(oracle, "a", "0", ONE);

        assertThat(send(oracle, "a", "0", NOON)).isEqualTo(Effect.ONLY_INSTANT);
        assertThat(achieved(oracle)).isEqualTo(NOON);
        send(oracle, "a", "2", ONE);
        send(oracle, "a", "-2", NOON);

        assertThat(achieved(oracle)).isEqualTo(ONE);
    }

    @Test
    void theBestKeepsTheEarlierOfTwoEqualAndTheLatestWhatHappenedLast() {
        Oracle best = new Oracle(aBoard("o").best().ascending().allTime().build());
        assertThat(send(best, "a", "60", ONE)).isEqualTo(Effect.APPLIED);
        assertThat(send(best, "a", "61", NOON)).isEqualTo(Effect.UNCHANGED);
        assertThat(send(best, "a", "60", NOON)).isEqualTo(Effect.ONLY_INSTANT);
        assertThat(achieved(best)).isEqualTo(NOON);

        Oracle latest = new Oracle(aBoard("o").latest().allTime().build());
        assertThat(send(latest, "a", "60", NOON)).isEqualTo(Effect.APPLIED);
        assertThat(send(latest, "a", "60", ONE)).isEqualTo(Effect.ONLY_INSTANT);
        assertThat(achieved(latest)).isEqualTo(ONE);
        assertThat(send(latest, "a", "59", NOON)).isEqualTo(Effect.UNCHANGED);
        assertThat(send(latest, "a", "58", ONE)).isEqualTo(Effect.APPLIED);
        assertThat(achieved(latest)).isEqualTo(ONE);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T12:00:00Z, UTC, 2026-11-20, 2026-W47, 2026-11, 2026",
        "2021-01-03T23:59:59.999Z, UTC, 2021-01-03, 2020-W53, 2021-01, 2021",
        "2024-12-30T00:00:00Z, UTC, 2024-12-30, 2025-W01, 2024-12, 2024",
        "2025-01-01T04:59:59Z, America/New_York, 2024-12-31, 2025-W01, 2024-12, 2024",
        "2025-04-05T13:00:00Z, Australia/Lord_Howe, 2025-04-06, 2025-W14, 2025-04, 2025",
        "2025-04-06T13:29:59Z, Australia/Lord_Howe, 2025-04-06, 2025-W14, 2025-04, 2025",
        "2025-04-06T13:30:00Z, Australia/Lord_Howe, 2025-04-07, 2025-W15, 2025-04, 2025",
    })
    void windowsFollowTheZone(String at, String zone, String day, String week, String month, String year) {
        Instant instant = Instant.parse(at);
        ZoneId place = ZoneId.of(zone);

        assertThat(Period.calendar())
                .extracting(period -> period.windowAt(instant, place))
                .containsExactly(day, week, month, year, "all");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_120})
    void randomWorkloadsAreReplayableAndMostlyTied(long seed) {
        List<Workload> workloads = Workload.random(seed, 20_000);

        assertThat(workloads.stream().mapToInt(each -> each.events().size()).sum())
                .isEqualTo(20_000);
        assertThat(Workload.tiedShare(workloads)).isGreaterThan(0.5);
        assertThat(Workload.random(seed, 20_000).get(5).events())
                .extracting(ScoreEvent::occurredAt)
                .isEqualTo(workloads.get(5).events().stream()
                        .map(ScoreEvent::occurredAt)
                        .toList());
    }

    private static Effect send(Oracle oracle, String player, String score, String at) {
        return oracle.accept(ScoreEvent.of(player, score).at(at));
    }

    private static String achieved(Oracle oracle) {
        return oracle.ranking(ALL).places().get(0).standing().achievedAt().toString();
    }

    private static List<String> players(List<Place> places) {
        return places.stream().map(Place::playerId).toList();
    }
}
