package dev.laurel.web.compat;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.meters.Meters;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RunningStores;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Reads of the first interface: as cheap, as cacheable and as honest about unavailable stores as those of the other one. */
@QuarkusTest
class FirstInterfaceReadsComponentTest {
    private static final String BASE = "/api/redis-leaderboard";
    private static final List<String> COUNTS = List.of("daily_pomo", "weekly_pomo", "monthly_pomo", "yearly_pomo");
    private static final Duration HEALED = Duration.ofSeconds(30);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TestHTTPResource
    URI service;

    @Inject
    MeterRegistry meters;

    private final RunningStores stores = EmbeddedStores.current();
    private final String alice = "alice-" + UUID.randomUUID().toString().substring(0, 8);
    private LaurelApi api;

    @BeforeEach
    void aUserWithCounts() {
        api = new LaurelApi(service);
        update(7);
        await().atMost(HEALED).ignoreExceptions().untilAsserted(() -> {
            long before = calls("standings/holdings");
            user();
            assertThat(reads("redis")).isPositive();
            assertThat(calls("standings/holdings")).isGreaterThan(before);
            assertThat(status().path("status").asText()).isEqualTo("ok");
            assertThat(status().at("/cache/windows_awaiting_load").asInt()).isZero();
        });
    }

    @AfterEach
    void resumeTheStores() {
        stores.resumeRedis();
        stores.resumePostgres();
        await().atMost(HEALED).ignoreExceptions().untilAsserted(() -> assertThat(
                        status().path("status").asText())
                .isEqualTo("ok"));
    }

    @Test
    void aTopListHasATagAndIsNotSentAgainWhileNothingChanges() {
        update(4_000_000_000L);
        Reply first = api.get(BASE + "/daily?limit=3").expect(200);

        Reply same = api.get(BASE + "/daily?limit=3", "If-None-Match", first.header("ETag"));
        update(1);
        Reply changed = api.get(BASE + "/daily?limit=3", "If-None-Match", first.header("ETag"));

        assertThat(first.header("ETag")).matches("(W/)?\"[^\"]+\"");
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(first.header("Content-Type")).startsWith("application/json");
        same.expect(304);
        assertThat(same.bytes()).isEmpty();
        changed.expect(200);
        assertThat(changed.header("ETag")).isNotEqualTo(first.header("ETag"));
        assertThat(changed.json().at("/entries/0/score").asLong())
                .isEqualTo(first.json().at("/entries/0/score").asLong() + 1);
    }

    @Test
    void aTopListThatIsAskedForAgainIsAFinishedAnswer() {
        api.get(BASE + "/weekly?limit=4").expect(200);
        long near = reads("near");

        await().atMost(HEALED).untilAsserted(() -> {
            api.get(BASE + "/weekly?limit=4").expect(200);
            api.get(BASE + "/weekly?limit=4").expect(200);
            assertThat(reads("near")).isGreaterThan(near);
        });
    }

    @Test
    void aUserIsReadByOneScript() {
        long holdings = calls("standings/holdings");
        long around = calls("standings/around");

        JsonNode user = user();

        assertThat(user.path("daily_pomo").asLong()).isEqualTo(7);
        assertThat(calls("standings/holdings")).isEqualTo(holdings + 1);
        assertThat(calls("standings/around")).isEqualTo(around);
    }

    @Test
    void statisticsCountEveryRead() {
        long before = reads("redis");

        user();
        api.get(BASE + "/user/" + alice + "/rank/daily").expect(200);

        assertThat(reads("redis")).isGreaterThanOrEqualTo(before + 2);
    }

    @Test
    void bothStoresGiveAUserTheSameCountsAndAlwaysSayWhenTheyWereRead() {
        JsonNode fromRedis = user();
        long before = reads("postgres");

        stores.pauseRedis();
        JsonNode fromPostgres = user();

        assertThat(reads("postgres")).isGreaterThan(before);
        for (String count : COUNTS) {
            assertThat(fromPostgres.path(count)).as(count).isEqualTo(fromRedis.path(count));
        }
        assertThat(fromPostgres.path("updated_at")).isEqualTo(fromRedis.path("updated_at"));
        assertThat(Instant.parse(fromRedis.path("cached_at").asText())).isNotNull();
        assertThat(Instant.parse(fromPostgres.path("cached_at").asText())).isNotNull();
        assertThat(Instant.parse(update(1).path("cached_at").asText())).isNotNull();
    }

    @Test
    void aDisqualifiedUserHasNoCountInEitherStore() {
        String player = "/api/v1/admin/boards/pomodoro/rankings/daily/players/" + alice;
        api.put(player + "/disqualification", "{\"reason\":\"test\",\"author\":\"judge\"}")
                .expect(200);

        assertThat(user().path("daily_pomo").asLong()).isZero();
        assertThat(user().path("weekly_pomo").asLong()).isEqualTo(7);
        stores.pauseRedis();
        assertThat(user().path("daily_pomo").asLong()).isZero();
        assertThat(user().path("weekly_pomo").asLong()).isEqualTo(7);
    }

    @Test
    void withoutEitherStoreReadsAreRefusedWithinASecond() {
        stores.pauseRedis();
        stores.pausePostgres();
        await().atMost(HEALED)
                .untilAsserted(
                        () -> assertThat(api.get(BASE + "/daily").status()).isEqualTo(503));

        for (String path : List.of(
                BASE + "/monthly?limit=17",
                BASE + "/user/" + alice,
                BASE + "/user/" + alice + "/rank/daily",
                LaurelApi.ranking("pomodoro", "weekly") + "?limit=17",
                LaurelApi.ranking("pomodoro", "weekly") + "/players/" + alice)) {
            Reply refused = within(() -> api.get(path));
            assertProblem(refused, 503);
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        }
    }

    @Test
    void theStatusIsAnsweredWithinASecondAndNamesTheStoreThatIsUnavailable() {
        stores.pausePostgres();
        assertStatus(false, true);
        stores.pauseRedis();
        assertStatus(false, false);
        stores.resumePostgres();
        assertStatus(true, false);
    }

    private void assertStatus(boolean postgres, boolean redis) {
        await().atMost(HEALED).untilAsserted(() -> {
            JsonNode status =
                    within(() -> api.get(BASE + "/admin/status")).expect(200).json();
            assertThat(status.at("/postgres/healthy").asBoolean()).isEqualTo(postgres);
            assertThat(status.at("/redis/healthy").asBoolean()).isEqualTo(redis);
            assertThat(status.path("status").asText()).isEqualTo("degraded");
            assertThat(status.path("drift").isNull()).isTrue();
        });
        within(() -> api.get("/api/v1/admin/status")).expect(200);
    }

    /** A busy machine is late now and then; what waits for a silent store is so each time. */
    private static Reply within(Supplier<Reply> read) {
        AtomicReference<Reply> quick = new AtomicReference<>();
        await().pollInSameThread().pollDelay(Duration.ZERO).atMost(HEALED).untilAsserted(() -> {
            long started = System.nanoTime();
            Reply reply = read.get();
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as("time of %s", reply)
                    .isLessThan(SECOND);
            quick.set(reply);
        });
        return quick.get();
    }

    private JsonNode user() {
        return api.get(BASE + "/user/" + alice).expect(200).json();
    }

    private JsonNode update(long count) {
        return api.post(BASE + "/update", "{\"user_id\":\"%s\",\"count\":%d}".formatted(alice, count))
                .expect(200)
                .json();
    }

    private JsonNode status() {
        return api.get(BASE + "/admin/status").expect(200).json();
    }

    private long reads(String source) {
        JsonNode reads = status().at("/cache/reads/" + source);
        assertThat(reads.isIntegralNumber()).as("reads from %s", source).isTrue();
        return reads.asLong();
    }

    private long calls(String script) {
        Timer timer = meters.find(Meters.REDIS_CALLS).tag("script", script).timer();
        return timer == null ? 0 : timer.count();
    }
}
