package dev.laurel.web.players;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.meters.Meters;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.ScoreEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Everything of a player over boards and periods, in one call. */
@QuarkusTest
class PlayerStandingsComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    MeterRegistry meters;

    private final RedisSwitch redis = RedisSwitch.ofTheTestStores();
    private final BoardSpec first = aBoard("places").build();
    private final BoardSpec second = aBoard("more-places").allTime().build();
    private LaurelApi api;

    @BeforeEach
    void twoBoards() {
        api = new LaurelApi(service);
        api.putBoard(first).expect(201);
        api.putBoard(second).expect(201);
        for (String player : new String[] {"ann", "bob"}) {
            api.submit(first.id(), ScoreEvent.of(player, player.equals("ann") ? "5" : "7"))
                    .expect(200);
        }
        api.submit(second.id(), ScoreEvent.of("ann", "2")).expect(200);
    }

    @AfterEach
    void power() {
        redis.on();
    }

    @Test
    void everyWindowOfEveryBoardHasAPlace() {
        JsonNode items = standings("ann", "");

        assertThat(items).hasSizeGreaterThan(2);
        items.forEach(item -> {
            assertThat(item.path("ranked").asBoolean()).isTrue();
            boolean isFirst = item.path("board").asText().equals(first.id());
            assertThat(item.path("rank").asInt()).isEqualTo(isFirst ? 2 : 1);
            assertThat(item.path("total").asInt()).isEqualTo(isFirst ? 2 : 1);
            assertThat(item.path("score").asInt()).isEqualTo(isFirst ? 5 : 2);
        });
    }

    @Test
    void onlyThePeriodsThatAreAskedFor() {
        JsonNode items = standings("bob", "&periods=all_time");

        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("rank").asInt()).isEqualTo(1);
        assertThat(items.get(1).path("ranked").asBoolean()).isFalse();
        assertThat(items.get(1).has("rank")).isFalse();
    }

    @Test
    @DisplayName(
            "trap 2: a place is the one that the rank of a player tells, whatever the ranks, ties and order of the board")
    void placesAreThoseOfEachRanking() {
        for (String mode : List.of("COMPETITION", "DENSE", "ORDINAL")) {
            BoardSpec board = aBoard("tied")
                    .rankMode(mode)
                    .tieBreak(mode.equals("DENSE") ? "NONE" : "LATEST")
                    .order(mode.equals("ORDINAL") ? "ASC" : "DESC")
                    .build();
            api.putBoard(board).expect(201);
            for (int n = 0; n < 8; n++) {
                api.submit(board.id(), ScoreEvent.of("t" + n, String.valueOf(3 + n / 3)))
                        .expect(200);
            }
            for (int n = 0; n < 8; n++) {
                assertAreThePlacesInTheRankings("t" + n, board);
            }
            JsonNode nowhere = places("t8", board);
            assertThat(nowhere.findValuesAsText("total")).hasSize(5).containsOnly("8");
            assertThat(nowhere.findValuesAsText("ranked")).containsOnly("false");
        }
    }

    private void assertAreThePlacesInTheRankings(String player, BoardSpec board) {
        JsonNode places = places(player, board);
        assertThat(places).hasSize(5);
        for (JsonNode place : places) {
            String period = place.path("period").asText().toLowerCase(Locale.ROOT);
            JsonNode ranked = api.get("/api/v1/boards/" + board.id() + "/rankings/" + period + "/players/" + player)
                    .expect(200)
                    .json();
            for (String field : List.of("rank", "score", "achievedAt", "percentile", "total", "window")) {
                assertThat(place.path(field)).as(field).isEqualTo(ranked.path(field));
            }
        }
    }

    private JsonNode places(String player, BoardSpec board) {
        return api.get("/api/v1/players/" + player + "/standings?boards=" + board.id())
                .expect(200)
                .json()
                .path("items");
    }

    @Test
    void redisIsAskedOnceForEachBoard() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(standings("ann", "").findValuesAsText("source"))
                        .containsOnly("REDIS"));
        long places = calls("standings/places");
        long around = calls("standings/around");

        JsonNode items = standings("ann", "");

        assertThat(items).hasSizeGreaterThan(2);
        assertThat(calls("standings/places") - places).isEqualTo(2);
        assertThat(calls("standings/around")).isEqualTo(around);
    }

    private long calls(String script) {
        Timer timer = meters.find(Meters.REDIS_CALLS).tag("script", script).timer();
        return timer == null ? 0 : timer.count();
    }

    @Test
    void withRedisAwayPostgresAnswersTheSame() {
        JsonNode before = standings("ann", "");

        redis.off();

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            JsonNode now = standings("ann", "");
            assertThat(now.findValuesAsText("source")).containsOnly("POSTGRES");
            assertThat(now.findValuesAsText("rank")).isEqualTo(before.findValuesAsText("rank"));
        });
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        assertProblem(api.get("/api/v1/players/ann/standings"), 422, "boards");
        assertProblem(
                api.get("/api/v1/players/ann/standings?boards=" + first.id() + "&periods=hourly"), 422, "periods");
        api.get("/api/v1/players/ann/standings?boards=no-such-board").expect(404);
        assertProblem(api.get("/api/v1/players/ann/standings?boards=" + "b,".repeat(25)), 422, "boards");
    }

    private JsonNode standings(String player, String more) {
        return api.get("/api/v1/players/" + player + "/standings?boards=" + first.id() + "," + second.id() + more)
                .expect(200)
                .json()
                .path("items");
    }
}
