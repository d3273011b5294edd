package dev.laurel.web.players;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

/** Everything of a player over boards and periods, in one call. */
@QuarkusTest
class PlayerStandingsComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

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
