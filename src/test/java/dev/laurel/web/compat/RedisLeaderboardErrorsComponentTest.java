package dev.laurel.web.compat;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;
import java.util.UUID;

/** What the first interface refuses, and how it says so. */
@QuarkusTest
class RedisLeaderboardErrorsComponentTest {

    private static final String BASE = "/api/redis-leaderboard";
    private static final List<String> WORDS = List.of("daily", "weekly", "monthly", "yearly");
    private static final String[] STATISTICS = {
        "user_id", "daily_pomo", "weekly_pomo", "monthly_pomo", "yearly_pomo", "updated_at", "cached_at"
    };

    @TestHTTPResource
    URI service;

    private final String suffix = "-" + UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice" + suffix;
    private final String bob = "bob" + suffix;
    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hourly", "DAILY!", "all", "season"})
    void anUnknownPeriodIsNamed(String period) {
        update(alice, 1);

        assertProblem(api.get(BASE + "/" + LaurelApi.segment(period)), 422, "period");
        assertProblem(api.get(BASE + "/user/" + alice + "/rank/" + LaurelApi.segment(period)), 422, "period");
        assertProblem(api.post(BASE + "/admin/reset/" + LaurelApi.segment(period), ""), 422, "period");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "abc", "1.5", "99999999999999999999"})
    void aLimitOutsideItsBoundsIsNamed(String limit) {
        assertProblem(api.get(BASE + "/daily?limit=" + limit), 422, "limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"user_id\":\"x\",\"count\":\"three\"}          | count",
                "{\"user_id\":\"x\",\"count\":\"3\"}              | count",
                "{\"user_id\":\"x\"}                              | count",
                "{\"user_id\":\"x\",\"count\":null}               | count",
                "{\"user_id\":\"x\",\"count\":-1}                 | count",
                "{\"user_id\":\"x\",\"count\":1.5}                | count",
                "{\"user_id\":\"x\",\"count\":true}               | count",
                "{\"user_id\":\"x\",\"count\":[1]}                | count",
                "{\"user_id\":\"x\",\"count\":9007199254740992}   | count",
                "{\"user_id\":\"x\",\"count\":1e400}              | count",
                "{\"user_id\":5,\"count\":3}                      | user_id",
                "{\"user_id\":true,\"count\":3}                   | user_id",
                "{\"count\":3}                                    | user_id",
                "{\"user_id\":null,\"count\":3}                   | user_id",
                "{\"user_id\":\"\",\"count\":3}                   | user_id",
                "{\"user_id\":\"a  b\",\"count\":3}               | user_id",
                "{\"user_id\":\"..\",\"count\":3}                 | user_id",
                "{\"user_id\":\"a \",\"count\":3}                 | user_id",
                "{\"user_id\":\"a\\u0000\",\"count\":3}           | user_id",
                "{\"user_id\":\"e\u0301\",\"count\":3}            | user_id",
            })
    void anUpdateThatIsNotOneNamesTheField(String body, String field) {
        assertProblem(api.post(BASE + "/update", body), 422, field);
    }

    @Test
    void anIdMayHave128CharactersAndNoMore() {
        String longest = alice + "x".repeat(128 - alice.length());

        assertThat(update(longest, 1).path("user_id").asText()).isEqualTo(longest);
        assertProblem(api.post(BASE + "/update", body(longest + "x", 1)), 422, "user_id");
    }

    @Test
    void aUserNeverSeenIsNotFound() {
        assertProblem(api.get(BASE + "/user/nobody" + suffix), 404);
        for (String period : WORDS) {
            assertProblem(api.get(BASE + "/user/nobody" + suffix + "/rank/" + period), 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"user_id\":", "not json", "{\"user_id\":\"x\",\"count\":NaN}", ""})
    void aBodyThatIsNotJsonIsRefused(String body) {
        assertProblem(api.post(BASE + "/update", body), 400);
    }

    @Test
    void theFrameworksRefusalsAreProblemsToo() {
        assertProblem(api.postAs(BASE + "/update", "text/plain", body(alice, 1)), 415);
        assertProblem(api.get(BASE + "/user/" + alice + "/no/such/path"), 404);
        assertProblem(api.get("/api/no-such-interface"), 404);
        assertProblem(api.delete(BASE + "/update"), 405);
        assertProblem(api.put(BASE + "/daily", "{}"), 405);
    }

    private JsonNode update(String user, long count) {
        return api.post(BASE + "/update", body(user, count)).expect(200).json();
    }

    private static String body(String user, long count) {
        return "{\"user_id\":\"%s\",\"count\":%d}".formatted(user, count);
    }
}
