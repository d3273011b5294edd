package dev.laurel.web.compat;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The first interface to the letter: what existing front ends send and what they read. */
@QuarkusTest
class RedisLeaderboardComponentTest {

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

    @Test
    void anUpdateAnswersTheStatisticsAfterIt() {
        update(alice, 3);

        JsonNode statistics = update(alice, 4);

        assertStatistics(statistics, alice, 7, 7, 7, 7);
        assertThat(Instant.parse(statistics.path("updated_at").asText())).isNotNull();
    }

    @Test
    void aUserIsReadAsUpdated() {
        update(alice, 5);

        JsonNode statistics = api.get(BASE + "/user/" + alice).expect(200).json();

        assertStatistics(statistics, alice, 5, 5, 5, 5);
        JsonNode cached = statistics.path("cached_at");
        assertThat(cached.isNull() || Instant.parse(cached.asText()) != null).isTrue();
    }

    @Test
    void aCountOfNothingMakesAUser() {
        assertStatistics(update(alice, 0), alice, 0, 0, 0, 0);

        assertThat(rank(alice, "daily").path("score").asLong(-1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"daily", "weekly", "monthly", "yearly"})
    void aPeriodListsItsBest(String period) {
        update(alice, 1_000_003);
        update(bob, 1_000_001);

        JsonNode list = api.get(BASE + "/" + period + "?limit=1000").expect(200).json();

        assertThat(list.fieldNames()).toIterable().containsExactlyInAnyOrder("period", "entries", "total");
        assertThat(list.path("period").asText()).isEqualTo(period);
        assertThat(list.path("total").asInt()).isGreaterThanOrEqualTo(2);
        List<Long> scores = new ArrayList<>();
        for (JsonNode entry : list.path("entries")) {
            assertThat(entry.fieldNames()).toIterable().containsExactlyInAnyOrder("rank", "user_id", "score");
            scores.add(entry.path("score").asLong());
            long better = scores.stream()
                    .filter(score -> score > entry.path("score").asLong())
                    .count();
            assertThat(entry.path("rank").asLong()).isEqualTo(better + 1);
        }
        assertThat(scores).isSortedAccordingTo((one, other) -> Long.compare(other, one));
        assertThat(list.path("entries").findValuesAsText("user_id")).containsSubsequence(alice, bob);
    }

    @Test
    void aListIsTenLongUnlessALimitIsGiven() {
        for (int user = 0; user < 12; user++) {
            update("user-" + user + suffix, user);
        }

        assertThat(api.get(BASE + "/daily").expect(200).json().path("entries")).hasSize(10);
        assertThat(api.get(BASE + "/daily?limit=1").expect(200).json().path("entries"))
                .hasSize(1);
        JsonNode all = api.get(BASE + "/daily?limit=1000").expect(200).json();
        assertThat(all.path("entries").size()).isGreaterThanOrEqualTo(12);
        assertThat(all.path("total").asInt()).isEqualTo(all.path("entries").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"daily", "weekly", "monthly", "yearly"})
    void aRankIsThatOfTheList(String period) {
        update(alice, 2_000_003);
        update(bob, 2_000_003);

        JsonNode list = api.get(BASE + "/" + period + "?limit=1000").expect(200).json();
        JsonNode rank = rank(bob, period);

        assertThat(rank.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("user_id", "period", "rank", "score", "total");
        assertThat(rank.path("user_id").asText()).isEqualTo(bob);
        assertThat(rank.path("period").asText()).isEqualTo(period);
        assertThat(rank.path("score").asLong()).isEqualTo(2_000_003);
        assertThat(rank.path("total")).isEqualTo(list.path("total"));
        for (JsonNode entry : list.path("entries")) {
            if (entry.path("user_id").asText().equals(bob)) {
                assertThat(rank.path("rank")).isEqualTo(entry.path("rank"));
            }
        }
    }

    @Test
    void syncLoadsWhatWasThere() {
        update(alice, 11);

        JsonNode answer = api.post(BASE + "/admin/sync", "").expect(200).json();

        assertThat(answer.isObject()).isTrue();
        assertThat(answer).isNotEmpty();
        assertThat(rank(alice, "yearly").path("score").asLong()).isEqualTo(11);
    }

    @Test
    void aResetEmptiesOnePeriodAndLeavesTheOthers() {
        update(alice, 6);

        api.post(BASE + "/admin/reset/daily", "").expect(200);

        assertStatistics(api.get(BASE + "/user/" + alice).expect(200).json(), alice, 0, 6, 6, 6);
        assertProblem(api.get(BASE + "/user/" + alice + "/rank/daily"), 404);
        JsonNode daily = api.get(BASE + "/daily?limit=1000").expect(200).json();
        assertThat(daily.path("entries").findValuesAsText("user_id")).doesNotContain(alice);
        assertThat(rank(alice, "weekly").path("score").asLong()).isEqualTo(6);
        assertStatistics(update(alice, 2), alice, 2, 8, 8, 8);
        api.post(BASE + "/admin/sync", "").expect(200);
        assertStatistics(api.get(BASE + "/user/" + alice).expect(200).json(), alice, 2, 8, 8, 8);
    }

    @Test
    void statusTellsOfBothStores() {
        Reply status = api.get(BASE + "/admin/status").expect(200);

        assertThat(status.json().isObject()).isTrue();
        assertThat(status.text()).containsIgnoringCase("redis").containsIgnoringCase("postgres");
    }

    @Test
    void whatACacheHeldIsReadAgainAfterItIsCleared() {
        update(alice, 9);

        assertThat(api.delete(BASE + "/admin/cache").status()).isIn(200, 204);

        assertStatistics(api.get(BASE + "/user/" + alice).expect(200).json(), alice, 9, 9, 9, 9);
        assertThat(rank(alice, "monthly").path("score").asLong()).isEqualTo(9);
    }

    private JsonNode update(String user, long count) {
        return api.post(BASE + "/update", body(user, count)).expect(200).json();
    }

    private JsonNode rank(String user, String period) {
        return api.get(BASE + "/user/" + user + "/rank/" + period).expect(200).json();
    }

    private static String body(String user, long count) {
        return "{\"user_id\":\"%s\",\"count\":%d}".formatted(user, count);
    }

    private static void assertStatistics(JsonNode answer, String user, long... scores) {
        assertThat(answer.fieldNames()).toIterable().containsExactlyInAnyOrder(STATISTICS);
        assertThat(answer.path("user_id").asText()).isEqualTo(user);
        for (int period = 0; period < WORDS.size(); period++) {
            JsonNode score = answer.path(WORDS.get(period) + "_pomo");
            assertThat(score.isIntegralNumber())
                    .as("%s in %s", WORDS.get(period), answer)
                    .isTrue();
            assertThat(score.asLong()).as("%s in %s", WORDS.get(period), answer).isEqualTo(scores[period]);
        }
    }
}
