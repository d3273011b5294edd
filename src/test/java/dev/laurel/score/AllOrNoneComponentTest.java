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
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Events that stand together: all of a batch, or one player's on several boards. */
@QuarkusTest
class AllOrNoneComponentTest {
    private static final String LARGEST = "9007199254740991";

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("atomic").build();
    private final BoardSpec other = aBoard("atomic").best().daily().build();
    private LaurelApi api;

    @BeforeEach
    void boards() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        api.putBoard(other).expect(201);
        api.submit(board.id(), ScoreEvent.of("full", LARGEST).withId("taken")).expect(200);
    }

    @Test
    void allEventsOfABatchAreAccepted() {
        JsonNode results = batch(
                        ScoreEvent.of("ann", "1").withId("a").json(),
                        ScoreEvent.of("full", LARGEST).withId("taken").json(),
                        ScoreEvent.of("ann", "2").json(),
                        ScoreEvent.of("bob", "0").json())
                .expect(200)
                .json()
                .path("results");

        assertThat(results.findValuesAsText("status")).containsExactly("APPLIED", "DUPLICATE", "APPLIED", "APPLIED");
        assertThat(results.get(0).path("eventId").asText()).isEqualTo("a");
        assertThat(score(board, Period.ALL_TIME, "ann")).isEqualTo(3);
        assertThat(ledger(board)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "422 | scores[1].score    | {\"playerId\":\"bob\",\"score\":0.5}",
                "422 | scores[1].colour   | {\"playerId\":\"bob\",\"score\":5,\"colour\":\"red\"}",
                "422 | scores[1].playerId | {\"score\":5}",
                "422 | scores[1].eventId  | {\"playerId\":\"bob\",\"score\":5,\"eventId\":\"a\"}",
                "422 | scores[1].occurredAt | {\"playerId\":\"bob\",\"score\":5,\"occurredAt\":\"2020-01-01T00:00:00Z\"}",
                "422 | scores[1].line     | {\"playerId\":",
                "422 | score              | {\"playerId\":\"full\",\"score\":1}",
                "409 |                    | {\"playerId\":\"full\",\"score\":1,\"eventId\":\"taken\"}",
            })
    void oneEventThatIsNotAcceptedKeepsAllOut(int status, String field, String broken) {
        Reply refused = batch(ScoreEvent.of("ann", "1").withId("a").json(), broken);

        assertProblem(refused, status, field == null ? new String[0] : new String[] {field});
        assertNothingWritten();
        // The id is free: nothing of the refused batch is remembered.
        batch(ScoreEvent.of("ann", "7").withId("a").json()).expect(200);
        assertThat(score(board, Period.ALL_TIME, "ann")).isEqualTo(7);
    }

    @Test
    void everyBrokenEventIsNamed() {
        Reply refused = batch(
                ScoreEvent.of("ann", "0.5").json(),
                ScoreEvent.of("ann", "1").json(),
                "{\"playerId\":\" b\",\"score\":1}");

        assertProblem(refused, 422, "scores[0].score", "scores[2].playerId");
        assertThat(refused.json().path("errors")).hasSize(2);
    }

    @Test
    void aPlayersEventCountsOnAllBoardsAndAReplayIsToldTheSame() {
        String body = onBoards("\"eventId\":\"run-1\"", board, other);
        JsonNode first = api.post("/api/v1/scores", body).expect(200).json();
        api.submit(board.id(), ScoreEvent.of("bob", "900")).expect(200);
        api.submit(other.id(), ScoreEvent.of("ann", "9")).expect(200);

        JsonNode again = api.post("/api/v1/scores", body).expect(200).json();

        assertThat(first.path("eventId").asText()).isEqualTo("run-1");
        assertThat(first.path("results").findValuesAsText("board")).containsExactly(board.id(), other.id());
        assertThat(first.path("results").findValuesAsText("status")).containsOnly("APPLIED");
        assertThat(again.path("results").findValuesAsText("status")).containsOnly("DUPLICATE");
        assertThat(again.path("results").findValues("standings"))
                .isEqualTo(first.path("results").findValues("standings"));
        assertThat(score(board, Period.ALL_TIME, "ann")).isEqualTo(5);
        assertThat(score(other, Period.DAILY, "ann")).isEqualTo(9);
    }

    @Test
    void aPlayersEventCountsOnNoBoardWhenOneRefusesIt() {
        BoardSpec strict = aBoard("atomic").daily().build();
        api.putBoard(strict.id(), "{\"title\":\"t\",\"minScore\":10}").expect(201);

        assertProblem(api.post("/api/v1/scores", onBoards("", board, strict)), 422, "boards[1].score");
        assertProblem(
                api.post("/api/v1/scores", onBoards("", board, aBoard("unknown").build())), 404);
        assertProblem(api.post("/api/v1/scores", onBoards("", board, other, board)), 422, "boards");
        assertProblem(api.post("/api/v1/scores", onBoards("")), 422, "boards");
        assertProblem(api.post("/api/v1/scores", "{\"playerId\":\"ann\",\"score\":5}"), 422, "boards");

        assertNothingWritten();
    }

    @Test
    void anEventIdTakenOnOneOfTheBoardsKeepsTheEventOffAll() {
        Reply refused = api.post("/api/v1/scores", onBoards("\"eventId\":\"taken\"", other, board));
        Reply byHeader = api.post("/api/v1/scores", onBoards("", other, board), "Idempotency-Key", "taken");

        assertProblem(refused, 409);
        assertProblem(byHeader, 409);
        assertNothingWritten();
    }

    private Reply batch(String... events) {
        return api.postAs(
                "/api/v1/boards/" + board.id() + "/scores/batch?atomic=true",
                "application/x-ndjson",
                String.join("\n", events));
    }

    private static String onBoards(String field, BoardSpec... boards) {
        String names = Arrays.stream(boards).map(one -> '"' + one.id() + '"').collect(Collectors.joining(","));
        return "{\"boards\":[" + names + "],\"playerId\":\"ann\",\"score\":5" + (field.isEmpty() ? "" : "," + field)
                + "}";
    }

    private void assertNothingWritten() {
        assertThat(ledger(board)).isEqualTo(1);
        assertThat(ledger(other)).isZero();
        assertThat(StoredRows.column(
                        "SELECT k.event_id FROM event_key k JOIN board b ON b.id = k.board_id WHERE b.name IN (?, ?)",
                        board.id(),
                        other.id()))
                .containsExactly("taken");
        for (Period period : List.of(Period.DAILY, Period.ALL_TIME)) {
            assertThat(api.top(board.id(), period, "")
                            .expect(200)
                            .json()
                            .path("entries")
                            .findValuesAsText("playerId"))
                    .containsExactly("full");
        }
        assertThat(api.top(other.id(), Period.DAILY, "")
                        .expect(200)
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
    }

    private long score(BoardSpec on, Period period, String player) {
        return api.player(on.id(), period, player, "")
                .expect(200)
                .json()
                .path("score")
                .asLong();
    }

    private static long ledger(BoardSpec on) {
        return StoredRows.number(
                "SELECT count(*) FROM score_event e JOIN board b ON b.id = e.board_id WHERE b.name = ?", on.id());
    }
}
