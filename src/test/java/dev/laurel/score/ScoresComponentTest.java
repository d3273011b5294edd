package dev.laurel.score;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.net.URI;
import java.util.List;

/** What an accepted score answers, and what is refused without leaving a trace. */
@QuarkusTest
class ScoresComponentTest {

    private static final String LARGEST = "9007199254740991";

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("scores").build();
    private LaurelApi api;

    @BeforeEach
    void aBoardThatSums() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
    }

    @Test
    void aScoreAnswersItsStandingInEveryPeriod() {
        submit(ScoreEvent.of("bob", "5"));

        JsonNode first = submit(ScoreEvent.of("ann", "3"));
        JsonNode second = submit(ScoreEvent.of("ann", "4"));

        assertThat(first.path("status").asText()).isEqualTo("APPLIED");
        // An id that is kept nowhere would promise that a retry is safe.
        assertThat(first.has("eventId")).isFalse();
        assertThat(second.has("eventId")).isFalse();
        assertThat(first.path("standings").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "ALL_TIME");
        for (JsonNode standing : first.path("standings")) {
            assertThat(standing.path("window").asText()).isNotBlank();
            assertStanding(standing, 3, 2, 2);
            assertThat(standing.hasNonNull("previousRank")).isFalse();
        }
        for (JsonNode standing : second.path("standings")) {
            assertStanding(standing, 7, 1, 2);
            assertThat(standing.path("previousRank").asInt()).isEqualTo(2);
        }
    }

    @Test
    void onlyThePeriodsOfTheBoardAreAnswered() {
        BoardSpec small = aBoard("scores").daily().allTime().build();
        api.putBoard(small).expect(201);

        JsonNode answer =
                api.submit(small.id(), ScoreEvent.of("ann", "3")).expect(200).json();

        assertThat(answer.path("standings").fieldNames()).toIterable().containsExactlyInAnyOrder("DAILY", "ALL_TIME");
        assertThat(answer.path("standings").path("ALL_TIME").path("window").asText())
                .isEqualTo("all");
    }

    @DisplayName("trap 18: adding nothing moves nobody")
    @Test
    void addingNothingChangesNothing() {
        assertThat(submit(ScoreEvent.of("ann", "0")).path("status").asText()).isEqualTo("APPLIED");
        JsonNode before = entry("ann");

        JsonNode again = submit(ScoreEvent.of("ann", "0"));

        assertThat(again.path("status").asText()).isEqualTo("UNCHANGED");
        assertStanding(again.path("standings").path("ALL_TIME"), 0, 1, 1);
        assertThat(entry("ann")).isEqualTo(before);
    }

    @Test
    void theBestAndTheLatestAreKept() {
        BoardSpec best = aBoard("scores").best().ascending().allTime().build();
        BoardSpec latest = aBoard("scores").latest().allTime().build();
        api.putBoard(best).expect(201);
        api.putBoard(latest).expect(201);

        assertThat(outcome(best, "60")).isEqualTo("APPLIED 60");
        assertThat(outcome(best, "61")).isEqualTo("UNCHANGED 60");
        assertThat(outcome(best, "59")).isEqualTo("APPLIED 59");
        assertThat(outcome(best, "-1")).isEqualTo("APPLIED -1");
        assertThat(outcome(latest, "60")).isEqualTo("APPLIED 60");
        assertThat(outcome(latest, "61")).isEqualTo("APPLIED 61");
        // It happened later, and that is what the latest is about.
        assertThat(outcome(latest, "61")).isEqualTo("APPLIED 61");
        assertThat(outcome(latest, "2")).isEqualTo("APPLIED 2");
    }

    @DisplayName("trap 19: the same event counts once")
    @Test
    void theSameEventCountsOnce() {
        ScoreEvent event = ScoreEvent.of("ann", "3").withId("game-1");
        JsonNode first = submit(event);

        JsonNode second = submit(event);

        assertThat(second.path("status").asText()).isEqualTo("DUPLICATE");
        assertThat(second.path("eventId").asText()).isEqualTo("game-1");
        for (String period : List.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "ALL_TIME")) {
            JsonNode standing = second.path("standings").path(period);
            assertThat(standing.path("window"))
                    .isEqualTo(first.path("standings").path(period).path("window"));
            assertStanding(standing, 3, 1, 1);
        }
        assertThat(entry("ann").path("score").asInt()).isEqualTo(3);
    }

    @Test
    void anotherContentUnderTheSameEventIdIsAConflict() {
        submit(ScoreEvent.of("ann", "3").withId("game-1"));

        assertProblem(api.submit(board.id(), ScoreEvent.of("ann", "4").withId("game-1")), 409);
        assertProblem(api.submit(board.id(), ScoreEvent.of(board.id(), "3").withId("game-1")), 409);

        assertThat(entry("ann").path("score").asInt()).isEqualTo(3);
        assertProblem(api.player(board.id(), Period.ALL_TIME, board.id(), ""), 404);
    }

    @Test
    void anIdempotencyKeyIsAnEventId() {
        String body = ScoreEvent.of("ann", "3").json();

        JsonNode first = api.submit(board.id(), body, "Idempotency-Key", "key-1")
                .expect(200)
                .json();
        JsonNode second = api.submit(board.id(), body, "Idempotency-Key", "key-1")
                .expect(200)
                .json();
        Reply other = api.submit(board.id(), ScoreEvent.of("ann", "4").json(), "Idempotency-Key", "key-1");

        assertThat(first.path("status").asText()).isEqualTo("APPLIED");
        assertThat(first.path("eventId").asText()).isEqualTo("key-1");
        assertThat(second.path("status").asText()).isEqualTo("DUPLICATE");
        assertProblem(other, 409);
    }

    @Test
    void aRetryMayTakeTheOtherWayToNameTheEvent() {
        submit(ScoreEvent.of("ann", "3").withId("either-way"));

        Reply retry = api.submit(board.id(), ScoreEvent.of("ann", "3").json(), "Idempotency-Key", "either-way");

        assertThat(retry.expect(200).json().path("status").asText()).isEqualTo("DUPLICATE");
    }

    @Test
    void decimalsAreKeptToTheLast() {
        BoardSpec cents = aBoard("scores").decimals(2).allTime().build();
        api.putBoard(cents).expect(201);

        assertThat(outcome(cents, "0.1")).isEqualTo("APPLIED 0.1");
        assertThat(outcome(cents, "0.2")).isEqualTo("APPLIED 0.3");
        assertThat(outcome(cents, "-12.34")).isEqualTo("APPLIED -12.04");
        assertProblem(api.submit(cents.id(), ScoreEvent.of("ann", "12.345")), 422, "score");
        assertThat(outcome(cents, "90071992547409.91")).isEqualTo("APPLIED 90071992547397.87");
        assertProblem(api.submit(cents.id(), ScoreEvent.of("bob", "90071992547409.92")), 422, "score");
    }

    @Test
    @DisplayName("trap 2: the rank told at submission is the rank in the list")
    void theRankToldIsTheRankListed() {
        for (String player : List.of("a", "b", "c", "d", "e", "f")) {
            String score = Integer.toString(player.charAt(0) % 3);
            JsonNode told = submit(ScoreEvent.of(player, score))
                    .path("standings")
                    .path("ALL_TIME")
                    .path("rank");

            assertThat(told).isEqualTo(entry(player).path("rank"));
            JsonNode listed =
                    api.top(board.id(), Period.ALL_TIME, "").expect(200).json();
            int place = listed.path("entries").findValuesAsText("playerId").indexOf(player);
            assertThat(told).isEqualTo(listed.path("entries").get(place).path("rank"));
        }
    }

    private JsonNode submit(ScoreEvent event) {
        Reply reply = api.submit(board.id(), event).expect(200);
        assertThat(reply.header("Server-Timing")).as("timing of %s", reply).isNotBlank();
        return reply.json();
    }

    private String outcome(BoardSpec on, String score) {
        JsonNode answer =
                api.submit(on.id(), ScoreEvent.of("ann", score)).expect(200).json();
        BigDecimal standing =
                answer.path("standings").path("ALL_TIME").path("score").decimalValue();
        return answer.path("status").asText() + " "
                + standing.stripTrailingZeros().toPlainString();
    }

    private JsonNode entry(String player) {
        JsonNode answer =
                api.player(board.id(), Period.ALL_TIME, player, "").expect(200).json();
        assertThat(answer.path("ranked").asBoolean()).isTrue();
        return answer;
    }

    private static void assertStanding(JsonNode standing, int score, int rank, int total) {
        assertThat(standing.path("score").asInt(-1)).as("score in %s", standing).isEqualTo(score);
        assertThat(standing.path("rank").asInt(-1)).as("rank in %s", standing).isEqualTo(rank);
        assertThat(standing.path("total").asInt(-1)).as("total in %s", standing).isEqualTo(total);
    }
}
