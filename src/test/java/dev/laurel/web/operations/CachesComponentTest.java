package dev.laurel.web.operations;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.meters.Meters;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands;
import io.quarkus.redis.datasource.pubsub.PubSubCommands.RedisSubscriber;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** What operators see of caches, and do to them. */
@QuarkusTest
class CachesComponentTest {
    private static final String CACHES = "/api/v1/admin/caches";
    private static final String CHANNEL = "laurel:changes";

    @TestHTTPResource
    URI service;

    @Inject
    RedisDataSource redis;

    @Inject
    MeterRegistry meters;

    private final String player = "p-" + UUID.randomUUID();
    private LaurelApi api;
    private PubSubCommands<String> channel;

    @BeforeEach
    void aPlayer() {
        api = new LaurelApi(service);
        channel = redis.pubsub(String.class);
        api.put("/api/v1/players/" + player, "{\"displayName\":\"Ada\"}").expect(201);
        // The service finds this note within a second, and would evict the player once more.
        StoredRows.change("DELETE FROM player_change WHERE player_id = '" + player + "'");
    }

    @Test
    void aCacheCountsWhatItFindsAndWhatItLoads() {
        undisturbed(() -> {
            lookUp();
            JsonNode before = figures();

            lookUp();

            assertThat(figures().path("hits").asLong())
                    .isGreaterThan(before.path("hits").asLong());
        });

        JsonNode after = figures();
        assertThat(after.path("entries").asLong()).isPositive();
        assertThat(after.path("bytes").asLong())
                .isGreaterThan(after.path("entries").asLong() * 100);
        assertThat(after.path("loads").asLong()).isPositive();
        assertThat(after.path("averageLoadMs").asDouble()).isPositive();
        assertThat(after.path("hitRate").asDouble()).isBetween(0.0, 1.0);
        assertThat(after.path("timeToLiveMs").asLong()).isEqualTo(300_000);
        assertThat(meters.get(Meters.CACHE_LOADS)
                        .tag("cache", "players")
                        .functionTimer()
                        .count())
                .isPositive();
        assertThat(meters.get(Meters.CACHE_BYTES)
                        .tag("cache", "players")
                        .gauge()
                        .value())
                .isPositive();
    }

    @Test
    void allCachesAreListedFromTheStart() {
        JsonNode all = api.get(CACHES).expect(200).json();

        assertThat(all.path("caches").findValuesAsText("name"))
                .isSorted()
                .contains(
                        "achievements", "analytics", "boards", "group-statistics", "players", "rankings", "tier-pages");
        assertThat(all.path("total").path("entries").asLong()).isPositive();
    }

    @Test
    void theStatusTellsHowWellTheyWork() {
        lookUp();
        lookUp();

        JsonNode caches = api.get("/api/v1/admin/status").expect(200).json().path("caches");

        assertThat(caches.path("hitRate").asDouble()).isBetween(0.0, 1.0);
        assertThat(caches.path("entries").asLong()).isPositive();
        assertThat(caches.path("bytes").asLong()).isPositive();
        assertThat(caches.path("belowExpected").isArray()).isTrue();
    }

    @Test
    void whatIsCachedOfAPlayerIsDropped() {
        undisturbed(() -> {
            lookUp();
            JsonNode content =
                    api.get(CACHES + "/players?player=" + player).expect(200).json();
            assertThat(content.path("keys").path(0).asText()).isEqualTo("1/player/" + player);
            assertThat(content.path("matching").asLong()).isEqualTo(1);

            JsonNode dropped = api.delete(CACHES + "/players?author=ops&reason=Repaired%20by%20hand&player=" + player)
                    .expect(200)
                    .json();

            assertThat(dropped.path("dropped").asLong()).isEqualTo(1);
            assertThat(dropped.path("caches").path(0).path("cache").asText()).isEqualTo("players");
            assertThat(matching()).isZero();
        });
        JsonNode entry = api.get("/api/v1/admin/log?limit=1")
                .expect(200)
                .json()
                .path("items")
                .path(0);
        assertThat(entry.path("action").asText()).isEqualTo("DROP_CACHE");
        assertThat(entry.path("playerId").asText()).isEqualTo(player);
        assertThat(entry.path("reason").asText()).contains("players", "Repaired by hand");
        assertThat(entry.path("author").asText()).isEqualTo("ops");
    }

    @Test
    void allCachesDropWhatTheyHoldOfAPlayer() {
        undisturbed(() -> {
            lookUp();
            api.get("/api/v1/players/" + player + "/achievements").expect(200);

            JsonNode dropped =
                    api.delete(CACHES + "?player=" + player).expect(200).json();

            assertThat(dropped.path("caches").findValuesAsText("cache"))
                    .contains("players", "player-achievements")
                    .doesNotContain("boards");
            assertThat(dropped.path("dropped").asLong()).isGreaterThanOrEqualTo(2);
            assertThat(matching()).isZero();
        });
    }

    /** Looks for changes may drop what has just been cached, by a note that was there before it was removed: then once more. */
    private static void undisturbed(ThrowingRunnable assertions) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertions);
    }

    @Test
    void otherProcessesAreToldAndObeyed() {
        List<String> heard = new CopyOnWriteArrayList<>();
        RedisSubscriber subscriber = channel.subscribe(CHANNEL, heard::add);
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(api.delete(CACHES + "/players?player=" + player)
                                .expect(200)
                                .json()
                                .path("replicasNotified")
                                .asBoolean())
                        .isTrue();
                assertThat(heard)
                        .anyMatch(message ->
                                message.contains("[\"cache-drop\",\"players\",\"\",\"" + player + "\",\"\"]"));
            });
        } finally {
            subscriber.unsubscribe();
        }

        lookUp();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            channel.publish(
                    CHANNEL,
                    "{\"from\":\"other\",\"changes\":[[\"cache-drop\",\"\",\"1/player/" + player + "\",\"\",\"\"]]}");
            assertThat(matching()).isZero();
        });
    }

    @Test
    void aConditionThatKeysDoNotTellIsRefused() {
        assertProblem(api.delete(CACHES + "/boards?player=" + player), 422, "player");
        assertProblem(api.get(CACHES + "/rankings?prefix=1"), 422, "prefix");
        assertProblem(api.get(CACHES + "/players?player="), 422, "player");
        assertProblem(api.delete(CACHES + "/nosuch"), 404);
        assertProblem(api.get(CACHES + "/nosuch"), 404);
        assertProblem(api.post(CACHES + "/warm?board=nosuch-" + player, ""), 404);
        assertProblem(api.post(CACHES + "/warm?players=1001", ""), 422, "players");
    }

    @Test
    void warmingLoadsBoardsAndTheirFirstPlayers() {
        BoardSpec board =
                aBoard("warmed").keeping(Set.of(Period.DAILY, Period.ALL_TIME)).build();
        api.putBoard(board).expect(201);
        api.submit(board.id(), ScoreEvent.of(player, "3")).expect(200);
        api.delete(CACHES + "/players?player=" + player).expect(200);
        api.delete("/api/v1/admin/boards/" + board.id() + "/cache").expect(200);

        JsonNode warmed =
                api.post(CACHES + "/warm?board=" + board.id(), "").expect(200).json();

        assertThat(warmed.path("boards").asInt()).isEqualTo(1);
        assertThat(warmed.path("rankings").asInt()).isEqualTo(2);
        assertThat(warmed.path("players").asInt()).isEqualTo(1);
        assertThat(warmed.path("failed")).isEmpty();
        assertThat(warmed.path("complete").asBoolean()).isTrue();
        assertThat(matching()).isEqualTo(1);
        assertThat(api.top(board.id(), Period.DAILY, "")
                        .expect(200)
                        .json()
                        .path("source")
                        .asText())
                .isEqualTo("REDIS");
    }

    private void lookUp() {
        api.get("/api/v1/players/" + player + "/eligibility?board=pomodoro").expect(200);
    }

    private JsonNode figures() {
        return api.get(CACHES + "/players").expect(200).json().path("cache");
    }

    private long matching() {
        return api.get(CACHES + "/players?player=" + player)
                .expect(200)
                .json()
                .path("matching")
                .asLong();
    }
}
