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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Scores that are refused, each without leaving a trace. */
@QuarkusTest
class ScoreRefusalsComponentTest {

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
    void scoresReachTheLargestExactNumberAndNoFurther() {
        submit(ScoreEvent.of("ann", LARGEST));
        submit(ScoreEvent.of("bob", "-" + LARGEST));

        assertProblem(api.submit(board.id(), ScoreEvent.of("ann", "1")), 422, "score");
        assertProblem(api.submit(board.id(), ScoreEvent.of("bob", "-1")), 422, "score");

        assertThat(entry("ann").path("score").asText()).isEqualTo(LARGEST);
        assertThat(entry("bob").path("score").asText()).isEqualTo("-" + LARGEST);
        assertThat(submit(ScoreEvent.of("ann", "-1"))
                        .path("standings")
                        .path("DAILY")
                        .path("score")
                        .asText())
                .isEqualTo("9007199254740990");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"playerId\":\"ann\"}                                                  | score",
                "{\"playerId\":\"ann\",\"score\":null}                                   | score",
                "{\"playerId\":\"ann\",\"score\":\"5\"}                                  | score",
                "{\"playerId\":\"ann\",\"score\":\"NaN\"}                                | score",
                "{\"playerId\":\"ann\",\"score\":true}                                   | score",
                "{\"playerId\":\"ann\",\"score\":{}}                                     | score",
                "{\"playerId\":\"ann\",\"score\":1.5}                                    | score",
                "{\"playerId\":\"ann\",\"score\":1e3}                                    | score",
                "{\"playerId\":\"ann\",\"score\":1E400}                                  | score",
                "{\"playerId\":\"ann\",\"score\":1e999999999}                            | score",
                "{\"playerId\":\"ann\",\"score\":9007199254740992}                       | score",
                "{\"playerId\":\"ann\",\"score\":-9007199254740992}                      | score",
                "{\"playerId\":\"ann\",\"score\":99999999999999999999999999}             | score",
                "{\"score\":5}                                                           | playerId",
                "{\"playerId\":null,\"score\":5}                                         | playerId",
                "{\"playerId\":\"\",\"score\":5}                                         | playerId",
                "{\"playerId\":\"a  b\",\"score\":5}                                     | playerId",
                "{\"playerId\":\"..\",\"score\":5}                                       | playerId",
                "{\"playerId\":\"ann\\u0000\",\"score\":5}                               | playerId",
                "{\"playerId\":\"ann\",\"score\":5,\"occurredAt\":\"yesterday\"}         | occurredAt",
                "{\"playerId\":\"ann\",\"score\":5,\"occurredAt\":\"2026-02-30T00:00:00Z\"} | occurredAt",
                "{\"playerId\":\"ann\",\"score\":5,\"occurredAt\":\"1950-05-13T14:00:00Z\"} | occurredAt",
                "{\"playerId\":\"ann\",\"score\":5,\"occurredAt\":\"9999-01-01T00:00:00Z\"} | occurredAt",
                "{\"playerId\":\"ann\",\"score\":5,\"eventId\":\"game\\u00001\"}         | eventId",
            })
    void aScoreThatIsNotOneNamesTheFieldAndLeavesNoTrace(String body, String field) {
        // Players are known to all boards: the id has to be new to see that it left no trace.
        String player = "ann-" + board.id();
        String ofPlayer = body.replace("\"ann", "\"" + player);

        assertProblem(api.submit(board.id(), ofPlayer), 422, field);
        assertProblem(api.player(board.id(), Period.ALL_TIME, player, ""), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[", "{\"playerId\":\"ann\",\"score\":NaN}", "{\"playerId\":\"ann\",\"score\":05}"})
    void aBodyThatIsNotJsonIsRefused(String body) {
        assertProblem(api.submit(board.id(), body), 400);
    }

    @Test
    void anEventMayBeFiveMinutesLateAndFiveSecondsEarly() {
        Instant now = Instant.now();

        submit(ScoreEvent.of("ann", "1").at(now.minus(Duration.ofMinutes(4))));
        submit(ScoreEvent.of("ann", "1").at(now.plus(Duration.ofSeconds(2))));

        ScoreEvent tooLate = ScoreEvent.of("ann", "1").at(now.minus(Duration.ofMinutes(6)));
        ScoreEvent tooEarly = ScoreEvent.of("ann", "1").at(now.plus(Duration.ofMinutes(2)));
        assertProblem(api.submit(board.id(), tooLate), 422, "occurredAt");
        assertProblem(api.submit(board.id(), tooEarly), 422, "occurredAt");
        assertThat(entry("ann").path("score").asInt()).isEqualTo(2);
    }

    @Test
    void aRefusedEventIdMayBeUsedAgain() {
        assertProblem(api.submit(board.id(), ScoreEvent.of("ann", "0.5").withId("again")), 422, "score");

        assertThat(submit(ScoreEvent.of("ann", "5").withId("again"))
                        .path("status")
                        .asText())
                .isEqualTo("APPLIED");
    }

    @Test
    void twoIdsForOneEventAreRefused() {
        ScoreEvent event = ScoreEvent.of("ann", "5").withId("body");

        assertProblem(api.submit(board.id(), event.json(), "Idempotency-Key", "header"), 422, "eventId");
        String all = event.json().replaceFirst("\\{", "{\"boards\":[\"" + board.id() + "\"],");
        assertProblem(api.post("/api/v1/scores", all, "Idempotency-Key", "header"), 422, "eventId");

        assertThat(api.submit(board.id(), event.json(), "Idempotency-Key", "body")
                        .expect(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("APPLIED");
        assertThat(api.post("/api/v1/scores", all, "Idempotency-Key", "body")
                        .expect(200)
                        .json()
                        .findValuesAsText("status"))
                .containsExactly("DUPLICATE");
    }

    @Test
    void boundsOfTheBoardHold() {
        BoardSpec bounded = aBoard("scores").best().build();
        String limits = "{\"title\":\"t\",\"operator\":\"BEST\",\"minScore\":10,\"maxScore\":100}";
        api.putBoard(bounded.id(), limits).expect(201);

        api.submit(bounded.id(), ScoreEvent.of("ann", "10")).expect(200);
        assertProblem(api.submit(bounded.id(), ScoreEvent.of("bob", "9")), 422, "score");
        assertProblem(api.submit(bounded.id(), ScoreEvent.of("bob", "101")), 422, "score");
        api.submit(bounded.id(), ScoreEvent.of("ann", "100")).expect(200);
    }

    @Test
    void anUnknownBoardIsNotFound() {
        assertProblem(api.submit(board.id() + "-unknown", ScoreEvent.of("ann", "1")), 404);
        assertProblem(api.postAs("/api/v1/boards/" + board.id() + "/scores", "text/plain", "1"), 415);
        assertProblem(api.put("/api/v1/boards", "{}"), 405);
    }

    private JsonNode submit(ScoreEvent event) {
        Reply reply = api.submit(board.id(), event).expect(200);
        assertThat(reply.header("Server-Timing")).as("timing of %s", reply).isNotBlank();
        return reply.json();
    }

    private JsonNode entry(String player) {
        JsonNode answer =
                api.player(board.id(), Period.ALL_TIME, player, "").expect(200).json();
        assertThat(answer.path("ranked").asBoolean()).isTrue();
        return answer;
    }
}
