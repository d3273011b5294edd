package dev.laurel.score;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.archive.Archive;
import dev.laurel.board.Boards;
import dev.laurel.shared.Period;
import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Trap 19: an event that is sent again under its id counts once, and is told what it was told the first time. */
@QuarkusTest
class ReplayComponentTest extends RolloverScene {
    private static final ScoreEvent EVENT = ScoreEvent.of("ann", "3").withId("game-1");

    @Inject
    Archive archive;

    @Inject
    Boards boards;

    @Test
    void aReplayIsToldTheFirstAnswerWhateverHasHappenedSince() {
        String board = putBoard(aBoard("replay"));
        submit(board, ScoreEvent.of("bob", "2"));
        submit(board, ScoreEvent.of("ann", "1"));
        JsonNode first = submit(board, EVENT);
        submit(board, ScoreEvent.of("bob", "50"));
        submit(board, ScoreEvent.of("ann", "10"));
        submit(board, ScoreEvent.of("eve", "1"));

        JsonNode again = submit(board, EVENT);

        assertThat(first.path("standings").path("DAILY").path("score").asInt()).isEqualTo(4);
        assertThat(first.path("standings").path("DAILY").path("previousRank").asInt())
                .isEqualTo(2);
        assertReplay(again, first);
        assertThat(submit(board, EVENT)).isEqualTo(again);
        assertThat(top(board).path("entries").findValuesAsText("score")).containsExactly("52", "14", "1");
    }

    @Test
    void aReplayAfterMidnightIsToldOfTheDayOnWhichTheEventCounted() {
        String board = putBoard(aBoard("replay").daily());
        JsonNode first = submit(board, EVENT);

        stand("2024-05-15T10:00:00Z");
        JsonNode nextDay = submit(board, EVENT);
        closeDue();
        JsonNode afterClosing = submit(board, EVENT);

        assertStanding(first, DAY, 3);
        assertReplay(nextDay, first);
        assertReplay(afterClosing, first);
        assertThat(top(board).path("total").asInt()).isZero();
        assertThat(finalColumn("score", board)).containsExactly(3L);
    }

    @Test
    void aReplayIsKnownWhenItsEventWouldBeTooLateByNow() {
        BoardBuilder builder = aBoard("replay").daily();
        String board = putBoard(builder);
        ScoreEvent event = EVENT.at("2024-05-14T19:59:00Z");
        JsonNode first = submit(board, event);
        stand("2024-05-16T10:00:00Z");

        JsonNode late = submit(board, event);
        closeDue();
        api.putBoard(builder.lateDays(7).build()).expect(200);
        JsonNode closedWindow = submit(board, event);
        api.put(
                        "/api/v1/boards/" + board + "?confirm=true",
                        "{\"title\":\"t\",\"periods\":[\"DAILY\"],\"lateness\":\"P7D\",\"minScore\":10}")
                .expect(200);
        JsonNode otherRules = submit(board, event);

        assertReplay(late, first);
        assertReplay(closedWindow, first);
        assertReplay(otherRules, first);
        assertProblem(
                api.submit(board, ScoreEvent.of("ann", "4").withId("game-1").at("2024-05-14T19:59:00Z")), 409);
        assertProblem(api.submit(board, event.withId("game-2")), 422, "score");
        assertThat(eventsOf(board)).isEqualTo(1);
    }

    @Test
    void aReplayAfterAResetIsToldTheFirstAnswer() {
        String board = putBoard(aBoard("replay").daily());
        JsonNode first = submit(board, EVENT);
        OnEventLoop.await(() -> boards.get(board).chain(it -> archive.reset(it, Period.DAILY)));

        JsonNode again = submit(board, EVENT);

        assertReplay(again, first);
        assertThat(top(board).path("total").asInt()).isZero();
    }

    @Test
    void replaysInABatchAreKnownWhenTheirEventsWouldBeTooLateByNow() {
        String board = putBoard(aBoard("replay").daily());
        String line = EVENT.at("2024-05-14T19:59:00Z").json();
        String other = ScoreEvent.of("ann", "4")
                .withId("game-1")
                .at("2024-05-14T19:59:00Z")
                .json();
        String unknown = EVENT.withId("game-2").at("2024-05-14T19:59:00Z").json();
        batch(board, "", line);
        stand("2024-05-15T10:00:00Z");
        closeDue();

        assertThat(batch(
                        board,
                        "",
                        line,
                        other,
                        unknown,
                        ScoreEvent.of("ann", "1").json()))
                .containsExactly("DUPLICATE", "REFUSED", "REFUSED", "APPLIED");
        assertThat(batch(board, "?atomic=true", line, ScoreEvent.of("ann", "1").json()))
                .containsExactly("DUPLICATE", "APPLIED");
        assertThat(eventsOf(board)).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "an event whose sender died before its answer: the replay is told the standings in the event's windows")
    void aReplayOfAnEventThatWasNeverAnsweredIsToldItsWindows() {
        String board = putBoard(aBoard("replay").daily());
        submit(board, EVENT);
        submit(board, ScoreEvent.of("ann", "4"));
        assertThat(StoredRows.column(
                        "UPDATE event_key k SET answer = NULL FROM board b WHERE b.id = k.board_id AND b.name = ?"
                                + " RETURNING k.event_id",
                        board))
                .containsExactly("game-1");
        stand("2024-05-15T10:00:00Z");

        JsonNode open = submit(board, EVENT);
        closeDue();
        JsonNode closed = submit(board, EVENT);

        assertStanding(open, DAY, 7);
        assertThat(open.path("standings").path("DAILY").path("rank").asInt()).isEqualTo(1);
        assertThat(closed).isEqualTo(open);
    }

    @Test
    void aReplayOfAnEventBetweenTwoSeasonsIsADuplicateAlsoIfItWasNeverAnswered() {
        String board = putBoard(aBoard("replay").daily());
        api.putBoard(board, "{\"title\":\"t\",\"periods\":[\"DAILY\",\"SEASON\"]}")
                .expect(200);
        JsonNode first = submit(board, EVENT);
        assertReplay(submit(board, EVENT), first);
        StoredRows.column(
                "UPDATE event_key k SET answer = NULL FROM board b WHERE b.id = k.board_id AND b.name = ?"
                        + " RETURNING k.event_id",
                board);

        JsonNode again = submit(board, EVENT);

        assertThat(again.path("status").asText()).isEqualTo("DUPLICATE");
        assertStanding(again, DAY, 3);
        assertThat(again.path("standings").has("SEASON")).isFalse();
    }

    @Test
    void fiftyAtTheSameTimeCountOnceAndAreAllToldTheSame() {
        String board = putBoard(aBoard("replay").daily());
        ExecutorService clients = Executors.newFixedThreadPool(50);
        List<JsonNode> answers;
        try {
            answers = IntStream.range(0, 50)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> submit(board, EVENT), clients))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            clients.shutdown();
        }

        assertThat(answers.stream().filter(one -> one.path("status").asText().equals("APPLIED")))
                .hasSize(1);
        assertThat(answers)
                .extracting(one -> one.path("standings"))
                .containsOnly(answers.get(0).path("standings"));
        assertThat(top(board).path("entries").findValuesAsText("score")).containsExactly("3");
        assertThat(eventsOf(board)).isEqualTo(1);
    }

    @Test
    void anIdInTheBodyMustNotContradictTheHeader() {
        String board = putBoard(aBoard("replay").daily());

        assertProblem(api.submit(board, EVENT.json(), "Idempotency-Key", "other"), 422, "eventId");
        JsonNode withBody = submit(board, EVENT);
        Reply withBoth = api.submit(board, EVENT.json(), "Idempotency-Key", EVENT.eventId());

        assertThat(withBody.path("status").asText()).isEqualTo("APPLIED");
        assertThat(withBoth.expect(200).json().path("status").asText()).isEqualTo("DUPLICATE");
    }

    @Test
    void anIdMayBe128CharactersLong() {
        String board = putBoard(aBoard("replay").daily());
        String longest = "Z" + "._:@|~+-".repeat(15) + "1234567";
        String plain = ScoreEvent.of("ann", "1").json();

        assertThat(submit(board, EVENT.withId(longest)).path("eventId").asText())
                .isEqualTo(longest)
                .hasSize(128);
        assertThat(submit(board, EVENT.withId(longest)).path("status").asText()).isEqualTo("DUPLICATE");
        assertProblem(api.submit(board, EVENT.withId(longest + "8")), 422, "eventId");
        assertProblem(api.submit(board, EVENT.withId("")), 422, "eventId");
        assertProblem(api.submit(board, plain, "Idempotency-Key", longest + "8"), 422, "eventId");
        assertProblem(api.submit(board, plain, "Idempotency-Key", "a b"), 422, "eventId");
        assertThat(eventsOf(board)).isEqualTo(1);
    }

    private List<String> batch(String board, String query, String... events) {
        return api.postAs(
                        "/api/v1/boards/" + board + "/scores/batch" + query,
                        "application/x-ndjson",
                        String.join("\n", events))
                .expect(200)
                .json()
                .path("results")
                .findValuesAsText("status");
    }

    private static void assertReplay(JsonNode replay, JsonNode first) {
        ObjectNode expected = first.deepCopy();
        assertThat(expected.put("status", "DUPLICATE")).isEqualTo(replay);
    }

    private static long eventsOf(String board) {
        return StoredRows.number(
                "SELECT count(*) FROM score_event e JOIN board b ON b.id = e.board_id WHERE b.name = ?", board);
    }
}
