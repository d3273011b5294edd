package dev.laurel.standings.read;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.RankingPicture;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RunningStores;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** With a store away, killed, paused or emptied, what can be answered is answered, and no rank is wrong. */
@QuarkusTest
class DegradedComponentTest {
    private static final Duration HEALED = Duration.ofSeconds(30);
    private static final Duration READ_AT_MOST = Duration.ofMillis(1_500);
    /** The deadline of PostgreSQL in tests, and what a busy machine adds to it. */
    private static final Duration WRITE_REFUSED = Duration.ofSeconds(15);

    @TestHTTPResource
    URI service;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    RedisLinks redis;

    private final RunningStores stores = EmbeddedStores.current();
    private final BoardSpec board = aBoard("degraded").allTime().build();
    private LaurelApi api;

    @BeforeEach
    void aRankingInRedis() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        for (int i = 0; i < 12; i++) {
            submit("p" + i, i % 5).expect(200);
        }
        awaitSource("REDIS");
    }

    @AfterEach
    void resumeTheStores() {
        stores.resumeRedis();
        stores.resumePostgres();
        await().atMost(HEALED).ignoreExceptions().untilAsserted(this::assertAllIsWell);
    }

    @Test
    @DisplayName("trap 22: a paused Redis hangs no request")
    void whileRedisIsPausedPostgresAnswersAndEventsAreAccepted() {
        List<String> before = picture("REDIS");

        stores.pauseRedis();
        for (int i = 0; i < 20; i++) {
            assertThat(quickly(this::top).json().path("entries")).hasSize(10);
        }
        awaitSource("POSTGRES");
        assertThat(picture("POSTGRES")).isEqualTo(before);
        for (int i = 0; i < 20; i++) {
            Reply written = submit("late" + i, 100 + i).expect(200);
            assertThat(written.json().path("status").asText()).isEqualTo("APPLIED");
        }
        assertThat(playersOf(top().json())).startsWith("late19", "late18");
        assertDegraded("redis");
        List<String> after = picture("POSTGRES");

        stores.resumeRedis();
        awaitSource("REDIS");
        assertThat(picture("REDIS")).isEqualTo(after);
    }

    @Test
    void whileRedisIsPausedEventsOfSeveralMetricsAreAccepted() {
        BoardSpec several = aBoard("degraded-metrics")
                .allTime()
                .metrics(List.of("score", "kills"))
                .build();
        api.putBoard(several).expect(201);
        ScoreEvent event = new ScoreEvent("ann", BigDecimal.ONE, null, null, Map.of("kills", BigDecimal.TEN));
        api.submit(several.id(), event).expect(200);

        stores.pauseRedis();
        api.submit(several.id(), event).expect(200);
        api.submit(several.id(), event).expect(200);

        stores.resumeRedis();
        await().atMost(HEALED).untilAsserted(() -> {
            JsonNode byKills = api.top(several.id(), Period.ALL_TIME, "metric=kills")
                    .expect(200)
                    .json();
            assertThat(byKills.path("source").asText()).isEqualTo("REDIS");
            assertThat(byKills.at("/entries/0/score").asInt()).isEqualTo(30);
        });
    }

    @Test
    @DisplayName("trap 21: a Redis that comes back with an old state is rebuilt before it is trusted")
    void aKilledRedisComesBackWithEveryEvent() {
        long before = stores.redisPid();

        stores.killRedis();
        for (int i = 0; i < 20; i++) {
            submit("late" + i, 100 + i).expect(200);
            assertThat(playersOf(quickly(this::top).json())).startsWith("late" + i);
        }
        await().atMost(HEALED).ignoreExceptions().until(() -> stores.redisPid() != before);

        awaitSource("REDIS");
        assertThat(playersOf(top().json())).startsWith("late19", "late18", "late17");
        submit("p0", 1_000).expect(200);
        assertThat(playersOf(top().json())).startsWith("p0", "late19");
        assertThat(picture("REDIS")).hasSize(2 + pages(32) + 4 + 2 * 32);
    }

    @Test
    void anEmptiedRedisShowsNoWrongRankAndIsFilledAgain() {
        List<String> before = picture("REDIS");

        flushAll();
        JsonNode own = submit("p3", 0).expect(200).json();
        List<String> top = playersOf(top().json());
        flushAll();

        assertThat(own.path("standings").path("ALL_TIME").path("score").asInt()).isEqualTo(3);
        assertThat(top).startsWith("p4", "p9", "p3", "p8");
        awaitSource("REDIS");
        assertThat(picture("REDIS")).isEqualTo(before);
    }

    @Test
    void whilePostgresIsPausedRedisAnswersAndEventsAreRefused() {
        List<String> before = picture("REDIS");

        stores.pausePostgres();
        assertThat(picture("REDIS")).isEqualTo(before);
        long started = System.nanoTime();
        Reply refused = submit("late", 100);
        Duration took = Duration.ofNanos(System.nanoTime() - started);

        assertProblem(refused, 503);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(took).isLessThan(WRITE_REFUSED);
        assertDegraded("postgres");
        // Longer away than any definition is kept: the rankings are still answered.
        await().atLeast(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ofSeconds(6))
                .untilAsserted(() -> quickly(this::top).expect(200));
        assertThat(playersOf(quickly(this::top).expect(200).json())).startsWith("p4", "p9");

        stores.resumePostgres();
        await().atMost(HEALED).untilAsserted(() -> submit("p0", 200).expect(200));
        assertTheSameInBothStores();
    }

    @Test
    void aKilledPostgresRefusesEventsUntilItIsBack() {
        long before = stores.postgresPid();
        List<String> picture = picture("REDIS");

        stores.killPostgres();
        await().atMost(HEALED).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
            Reply refused = submit("p0", 0);
            assertProblem(refused, 503);
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        });
        assertThat(picture("REDIS")).isEqualTo(picture);

        await().atMost(HEALED).ignoreExceptions().until(() -> stores.postgresPid() != before);
        await().atMost(HEALED).untilAsserted(() -> submit("p0", 200).expect(200));
        assertTheSameInBothStores();
    }

    /** An event refused for want of an answer may have been committed after all: then Redis has to show it too. */
    private void assertTheSameInBothStores() {
        await().atMost(HEALED).ignoreExceptions().untilAsserted(() -> {
            List<String> inRedis = picture("REDIS");
            stores.pauseRedis();
            try {
                awaitSource("POSTGRES");
                assertThat(inRedis).isEqualTo(picture("POSTGRES"));
            } finally {
                stores.resumeRedis();
                awaitSource("REDIS");
            }
        });
    }

    private void assertDegraded(String store) {
        JsonNode status =
                api.get("/api/redis-leaderboard/admin/status").expect(200).json();
        assertThat(status.path("status").asText()).isEqualTo("degraded");
        assertThat(status.path("postgres").path("healthy").asBoolean()).isNotEqualTo(store.equals("postgres"));
        assertThat(status.path("redis").path("healthy").asBoolean()).isNotEqualTo(store.equals("redis"));
        LaurelApi probes = new LaurelApi(management);
        probes.get("/q/health/live").expect(200);
        probes.get("/q/health/ready").expect(200);
    }

    private void assertAllIsWell() {
        JsonNode status =
                api.get("/api/redis-leaderboard/admin/status").expect(200).json();
        assertThat(status.path("status").asText()).isEqualTo("ok");
        assertThat(status.path("cache").path("windows_awaiting_load").asInt()).isZero();
    }

    private void awaitSource(String source) {
        await().atMost(HEALED).untilAsserted(() -> assertThat(
                        top().expect(200).json().path("source").asText())
                .isEqualTo(source));
    }

    /** A busy machine is late now and then; what waits for a silent store is so each time. */
    private static Reply quickly(Supplier<Reply> read) {
        AtomicReference<Reply> quick = new AtomicReference<>();
        await().pollInSameThread().pollDelay(Duration.ZERO).atMost(HEALED).untilAsserted(() -> {
            long started = System.nanoTime();
            Reply reply = read.get().expect(200);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as("time of %s", reply)
                    .isLessThan(READ_AT_MOST);
            quick.set(reply);
        });
        return quick.get();
    }

    private List<String> picture(String source) {
        return RankingPicture.of(api, board.id(), Period.ALL_TIME, "all", source);
    }

    private static int pages(int players) {
        return (players + 3) / 4;
    }

    private Reply top() {
        return api.top(board.id(), Period.ALL_TIME, "");
    }

    private static List<String> playersOf(JsonNode ranking) {
        return ranking.path("entries").findValuesAsText("playerId");
    }

    private Reply submit(String player, int score) {
        return api.submit(board.id(), ScoreEvent.of(player, Integer.toString(score)));
    }

    private void flushAll() {
        OnEventLoop.await(() -> redis.sendToAll(Request.cmd(Command.FLUSHALL)));
    }
}
