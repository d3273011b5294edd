package dev.laurel.web.compat;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** The first interface on a board with decimals shows the numbers that every other door shows. */
@QuarkusTest
@TestProfile(FirstInterfaceNumbersComponentTest.OfDecimals.class)
class FirstInterfaceNumbersComponentTest {
    private static final String BASE = "/api/redis-leaderboard";
    private static final String BOARD = "hours";

    @TestHTTPResource
    URI service;

    private final String alice = "alice-" + UUID.randomUUID().toString().substring(0, 8);
    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    @Test
    @DisplayName("trap 35: two doors show one number differently")
    void everyAnswerShowsTheScoreAsItWasSent() {
        // Before its first event the board may still be told how many decimals it has.
        api.putBoard(BOARD, "{\"title\":\"Hours\",\"minScore\":0,\"decimals\":2}")
                .expect(200);
        assertThat(update("1.5").path("daily_pomo").decimalValue()).isEqualByComparingTo("1.5");
        JsonNode after = update("0.25");

        for (String period : new String[] {"daily", "weekly", "monthly", "yearly"}) {
            assertThat(after.path(period + "_pomo").decimalValue()).isEqualByComparingTo("1.75");
            assertThat(get("/user/" + alice).path(period + "_pomo").decimalValue())
                    .isEqualByComparingTo("1.75");
            assertThat(get("/" + period).at("/entries/0/score").decimalValue()).isEqualByComparingTo("1.75");
            JsonNode rank = get("/user/" + alice + "/rank/" + period);
            assertThat(rank.path("score"))
                    .isEqualTo(api.get(LaurelApi.ranking(BOARD, period) + "/players/" + alice)
                            .expect(200)
                            .json()
                            .path("score"));
        }
    }

    @Test
    void aNumberWithMoreDecimalsIsRefusedByItsOwnName() {
        assertProblem(
                api.post(BASE + "/update", "{\"user_id\":\"%s\",\"count\":1.555}".formatted(alice)), 422, "count");
    }

    /** Another default board, which no other test has scored on. */
    public static final class OfDecimals implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("laurel.board.default-board", BOARD);
        }
    }

    private JsonNode update(String count) {
        return api.post(BASE + "/update", "{\"user_id\":\"%s\",\"count\":%s}".formatted(alice, count))
                .expect(200)
                .json();
    }

    private JsonNode get(String path) {
        return api.get(BASE + path).expect(200).json();
    }
}
