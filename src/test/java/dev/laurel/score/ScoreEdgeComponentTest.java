package dev.laurel.score;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What reaches the service is read to the letter or refused: nothing is guessed, and nothing lost in silence. */
@QuarkusTest
class ScoreEdgeComponentTest {

    private static final String EVENT = "{\"playerId\":\"ann\",\"score\":1}";

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("edge").build();
    private LaurelApi api;

    @BeforeEach
    void aBoardThatSums() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EVENT + " trailing",
                EVENT + EVENT,
                EVENT + "]",
                "{\"playerId\":\"ann\",\"score\":1,\"score\":2}",
                "{\"playerId\":\"ann\",\"playerId\":\"bob\",\"score\":2}",
                "{\"playerId\":\"ann\",\"score\":1,\"attributes\":{\"a\":1,\"a\":2}}",
                "{\"playerId\":\"ann\",\"score\":1,\"attributes\":{\"a\":}}",
            })
    void aBodyThatIsNotOneDocumentIsRefused(String body) {
        assertProblem(api.submit(board.id(), body), 400);
        assertProblem(api.post("/api/v1/boards/" + board.id() + "/scores/batch", "{\"scores\":[" + body + "]}"), 400);
        assertProblem(api.post("/api/redis-leaderboard/update", body), 400);
    }

    @Test
    void aLineThatIsNotOneEventIsRefusedAndTheOthersCount() {
        String lines = String.join(
                "\n", EVENT, EVENT + EVENT, EVENT + " x", "{\"playerId\":\"ann\",\"score\":1,\"score\":2}", EVENT);

        JsonNode results =
                batch("application/x-ndjson", lines).expect(200).json().path("results");

        assertThat(results.findValuesAsText("status"))
                .containsExactly("APPLIED", "REFUSED", "REFUSED", "REFUSED", "APPLIED");
    }

    @Test
    void eventsOfADocumentFollowEachOther() {
        Reply reply = batch("application/json", "{\"scores\":[" + EVENT + "," + EVENT + "]}");

        assertThat(reply.expect(200).json().path("results").findValuesAsText("status"))
                .containsExactly("APPLIED", "APPLIED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"playerId\":5,\"score\":5}                                  | playerId",
                "{\"playerId\":true,\"score\":5}                               | playerId",
                "{\"playerId\":\"ann\",\"score\":5,\"eventId\":1.5}            | eventId",
                "{\"playerId\":\"ann\",\"score\":5,\"attributes\":{\"a\":\"\\u0000\"}}     | attributes",
                "{\"playerId\":\"ann\",\"score\":5,\"attributes\":{\"\\u0000\":1}}         | attributes",
                "{\"playerId\":\"ann\",\"score\":5,\"attributes\":{\"a\":[{\"b\":\"x\\u0000\"}]}} | attributes",
            })
    void aValueOfAnotherTypeOrWithANulNamesTheField(String body, String field) {
        assertProblem(api.submit(board.id(), body), 422, field);
    }

    @Test
    void theTextOfAnEscapeIsNoNul() {
        api.submit(board.id(), "{\"playerId\":\"ann\",\"score\":5,\"attributes\":{\"pattern\":\"\\\\u0000\"}}")
                .expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"window", "cursor"})
    void aParameterWithoutAValueIsNamed(String parameter) {
        assertProblem(api.get(LaurelApi.ranking(board.id(), "daily") + "?" + parameter + "="), 422, parameter);
    }

    @Test
    void aBodyOverTheLimitIsAProblem() throws IOException {
        String answer = answerTo("POST /api/v1/boards/b/scores/batch HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json")
                .contains("BODY_TOO_LARGE");
    }

    private Reply batch(String type, String body) {
        return api.postAs("/api/v1/boards/" + board.id() + "/scores/batch", type, body);
    }

    // The client of the other tests announces no more than it sends.
    private String answerTo(String request) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
