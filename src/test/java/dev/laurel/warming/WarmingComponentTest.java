package dev.laurel.warming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.player.Players;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What was read is loaded before it is read again, in the service as a whole. */
@QuarkusTest
class WarmingComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CACHES = "/api/v1/admin/caches";

    /** A Monday, after those of {@link #eachOccasionIsHandledOnce}. */
    private static final Instant PEAK = Instant.parse("2023-05-08T08:10:00Z");

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    WarmingSchedule schedule;

    @Inject
    Warming warming;

    @Inject
    Players players;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String board = "warmed-" + unique;
    private final String ann = "ann-" + unique;
    private LaurelApi api;

    @BeforeEach
    void aBoard() {
        api = new LaurelApi(service);
        // What other tests have read belongs to another hour.
        clock.stopAt(PEAK.minus(Duration.ofHours(2)));
        remember();
        clock.stopAt(PEAK);
        api.putBoard(board, "{\"title\":\"Warmed\",\"periods\":[\"DAILY\",\"ALL_TIME\"]}")
                .expect(201);
        api.put("/api/v1/players/" + ann, "{\"displayName\":\"Ann\"}").expect(201);
        api.submit(board, "{\"playerId\":\"" + ann + "\",\"score\":3}").expect(200);
    }

    @AfterEach
    void goOn() {
        clock.reset();
    }

    private void readAll() {
        OnEventLoop.await(() -> players.known(Tenant.DEFAULT, Set.of(ann)));
        api.get("/api/v1/players/" + ann + "/analytics/summary?board=" + board).expect(200);
        api.get(LaurelApi.ranking(board, "all_time")).expect(200);
    }

    private void remember() {
        OnEventLoop.await(schedule::read);
        OnEventLoop.await(schedule::keep);
    }

    private long cached(String cache) {
        return api.get(CACHES + "/" + cache + "?player=" + ann)
                .expect(200)
                .json()
                .path("matching")
                .asLong();
    }

    private JsonNode kind(String name) {
        JsonNode kinds = api.get("/api/v1/admin/warming").expect(200).json().path("kinds");
        return StreamSupport.stream(kinds.spliterator(), false)
                .filter(one -> one.path("kind").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasReadAtAnHourIsLoadedBeforeThatHourOfTheNextWeek() {
        readAll();
        remember();
        clock.stopAt(PEAK.plus(Duration.ofDays(7)).minus(Duration.ofMinutes(11)));
        api.delete(CACHES + "?player=" + ann).expect(200);
        api.delete("/api/v1/admin/boards/" + board + "/cache").expect(200);
        assertThat(cached("players")).isZero();
        assertThat(cached("analytics")).isZero();
        Instant hour = PEAK.plus(Duration.ofDays(7)).minus(Duration.ofMinutes(10));
        assertThat(OnEventLoop.await(schedule::due)).contains(new Occasion(Trigger.FORECAST, hour));

        // Repeated, since nothing is cached while this process could not look for changes for a while.
        await().atMost(PATIENCE).untilAsserted(() -> {
            WarmingRun run =
                    OnEventLoop.await(PATIENCE, () -> warming.run(new Occasion(Trigger.FORECAST, hour.plusNanos(1))));
            assertThat(run.failure()).isNull();
            assertThat(run.looked() + run.left()).isGreaterThanOrEqualTo(3);
            assertThat(cached("players")).isOne();
            assertThat(cached("analytics")).isOne();
        });

        OnEventLoop.await(schedule::read);
        long used = kind("players").path("used").asLong()
                + kind("analytics").path("used").asLong();
        readAll();
        OnEventLoop.await(schedule::read);
        assertThat(kind("players").path("used").asLong()
                        + kind("analytics").path("used").asLong())
                .isGreaterThanOrEqualTo(used + 2);
        assertThat(kind("rankings").path("views").asLong()).isPositive();
        assertThat(api.get("/api/v1/admin/warming").json().path("runs").findValuesAsText("trigger"))
                .contains("FORECAST");
    }

    @Test
    void whatWasReadOfAPlayerGoesWithTheRecord() {
        String remembered = "SELECT count(*) FROM view_demand WHERE player_id = ?";
        readAll();
        remember();
        assertThat(StoredRows.number(remembered, ann)).isEqualTo(2);
        readAll();

        api.delete("/api/v1/players/" + ann + "?erase=true&confirm=true").expect(204);
        remember();

        assertThat(StoredRows.number(remembered, ann)).isZero();
    }

    @Test
    void theEndOfAWindowIsAnOccasionBeforeAndAfter() {
        Instant end = Instant.parse("2023-05-09T00:00:00Z");
        clock.stopAt(end.minusSeconds(30));
        assertThat(OnEventLoop.await(schedule::due))
                .extracting(Occasion::trigger)
                .contains(Trigger.BEFORE_ROLLOVER);

        clock.stopAt(end.plus(Duration.ofMinutes(10)));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(OnEventLoop.await(schedule::due))
                .extracting(Occasion::trigger)
                .contains(Trigger.AFTER_ROLLOVER));
    }

    @Test
    void eachOccasionIsHandledOnce() {
        Instant hour = Instant.parse("2022-01-03T08:00:00Z");
        clock.stopAt(hour.minusSeconds(30));

        OnEventLoop.await(PATIENCE, schedule::look);

        List<Occasion> due = OnEventLoop.await(schedule::due);
        assertThat(due).extracting(Occasion::trigger).doesNotContain(Trigger.START, Trigger.FORECAST);
        assertThat(schedule.nextForecast()).isEqualTo(hour.plus(Duration.ofMinutes(59)));
        assertThat(schedule.quietHour()).isBetween(0, 23);
    }
}
