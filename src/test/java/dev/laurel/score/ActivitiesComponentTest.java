package dev.laurel.score;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What a player did to get a score comes in through every door, and is kept with the event. */
@QuarkusTest
class ActivitiesComponentTest {
    private static final String QUIZ =
            "\"activity\":\"quiz-1\",\"tags\":[\"loops\",\"arrays\",\"NULL\",\"loops\"],\"outcome\":\"PARTIAL\",\"durationMs\":61000";

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("learn").allTime().build();
    private final BoardSpec other = aBoard("other").allTime().build();
    private final String ann = "ann-" + UUID.randomUUID();
    private LaurelApi api;

    @BeforeEach
    void boards() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        api.putBoard(other).expect(201);
    }

    @Test
    void everyDoorKeepsWhatThePlayerDid() {
        String scores = "/api/v1/boards/" + board.id() + "/scores";
        api.submit(board.id(), event("one", QUIZ)).expect(200);
        api.post(scores + "/batch", "{\"scores\":[" + event("two", QUIZ) + "," + event("plain", "") + "]}")
                .expect(200);
        api.send("POST", scores + "/batch", "application/x-ndjson", event("three", QUIZ) + "\n")
                .expect(200);
        api.post(
                        "/api/v1/scores",
                        "{\"boards\":[\"" + board.id() + "\",\"" + other.id() + "\"],"
                                + event("four", QUIZ).substring(1))
                .expect(200);

        for (JsonNode item : events(board, "")) {
            if (item.path("eventId").asText().equals("plain")) {
                assertThat(item.has("activity") || item.has("tags") || item.has("outcome") || item.has("durationMs"))
                        .isFalse();
            } else {
                assertQuiz(item);
            }
        }
        assertThat(events(board, "")).hasSize(5);
        assertQuiz(events(other, "").get(0));
        JsonNode exported =
                api.get("/api/v1/admin/players/" + ann + "/export").expect(200).json();
        assertQuiz(exported.at("/boards/1/events/0"));
    }

    private static void assertQuiz(JsonNode item) {
        assertThat(item.path("activity").asText()).isEqualTo("quiz-1");
        assertThat(item.path("tags")).extracting(JsonNode::asText).containsExactly("loops", "arrays", "NULL");
        assertThat(item.path("outcome").asText()).isEqualTo("PARTIAL");
        assertThat(item.path("durationMs").asLong()).isEqualTo(61_000);
    }

    @Test
    void attemptsAreListedByTheirOutcome() {
        List.of("FAILED", "COMPLETED", "FAILED").forEach(outcome -> api.submit(
                        board.id(), "{\"playerId\":\"" + ann + "\",\"score\":0,\"outcome\":\"" + outcome + "\"}")
                .expect(200));
        api.submit(board.id(), event("plain", "")).expect(200);

        assertThat(events(board, "&outcome=FAILED")).hasSize(2);
        assertThat(events(board, "&outcome=COMPLETED")).hasSize(1);
        assertThat(events(board, "&outcome=PARTIAL")).isEmpty();
        assertThat(events(board, "&limit=1&outcome=FAILED").get(0).path("score").asInt())
                .isZero();
        assertProblem(api.get(path(board, "&outcome=failed")), 422, "outcome");
    }

    @Test
    void anotherActivityIsAnotherEvent() {
        api.submit(board.id(), event("once", QUIZ)).expect(200);

        assertThat(api.submit(board.id(), event("once", QUIZ))
                        .expect(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("DUPLICATE");
        api.submit(board.id(), event("once", QUIZ.replace("61000", "61001"))).expect(409);
        api.submit(board.id(), event("once", QUIZ.replace("PARTIAL", "FAILED"))).expect(409);
        api.submit(board.id(), event("once", "")).expect(409);
        assertThat(events(board, "")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "activity   | \"activity\":\"two words\"",
                "tags       | \"tags\":[\"loops\",\"\"]",
                "tags       | \"tags\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\"]",
                "outcome    | \"outcome\":\"WON\"",
                "durationMs | \"durationMs\":-1",
                "durationMs | \"durationMs\":2678400001"
            })
    void whatBreaksARuleIsRefusedByName(String field, String json) {
        assertProblem(api.submit(board.id(), event("bad", json)), 422, field);
        JsonNode result = api.post(
                        "/api/v1/boards/" + board.id() + "/scores/batch", "{\"scores\":[" + event("bad", json) + "]}")
                .expect(200)
                .json();
        assertThat(result.at("/results/0/error/errors/0/field").asText()).isEqualTo(field);
    }

    /** How attempts ended is kept, as scores are; the words are not. */
    @Test
    void theWordsOfAnErasedPlayerGo() {
        api.submit(board.id(), event("one", QUIZ)).expect(200);
        long id = StoredRows.number("SELECT id FROM board WHERE name = ?", board.id());

        api.delete("/api/v1/players/" + ann + "?erase=true&confirm=true").expect(204);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> StoredRows.number(
                                "SELECT count(*) FROM score_event WHERE board_id = ? AND player_id LIKE '%erased%'"
                                        + " AND activity IS NULL AND tags IS NULL AND outcome = 3 AND duration_ms = 61000",
                                id)
                        == 1);
    }

    private String event(String id, String activity) {
        return "{\"playerId\":\"" + ann + "\",\"score\":1,\"eventId\":\"" + id + "\""
                + (activity.isEmpty() ? "" : "," + activity) + "}";
    }

    private JsonNode events(BoardSpec of, String query) {
        return api.get(path(of, query)).expect(200).json().path("items");
    }

    private String path(BoardSpec of, String query) {
        return "/api/v1/players/" + ann + "/events?board=" + of.id() + query;
    }
}
