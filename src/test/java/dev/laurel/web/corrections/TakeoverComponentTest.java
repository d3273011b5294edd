package dev.laurel.web.corrections;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Standings of another system: what moves here counts once, in the windows that are running, and goes on from there. */
@QuarkusTest
class TakeoverComponentTest {
    private static final String NOW = "2024-06-20T12:00:00Z";
    private static final String WHY = "?reason=moving&author=ops";

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    private LaurelApi api;
    private BoardSpec board;

    @BeforeEach
    void aBoardAtNoon() {
        api = new LaurelApi(service);
        clock.stopAt(Instant.parse(NOW));
        board = create(aBoard("moved"));
    }

    private BoardSpec create(BoardBuilder builder) {
        BoardSpec spec = builder.build();
        api.putBoard(spec).expect(201);
        return spec;
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void eachPeriodGetsItsOwnScoreAndEventsGoOnTop() {
        submit("ann", 1);

        JsonNode result = takeOver(
                        row("ann", "{\"daily\":2,\"weekly\":9,\"monthly\":30,\"yearly\":200,\"all_time\":900}"))
                .get(0);
        submit("ann", 5);

        assertThat(result.path("playerId").asText()).isEqualTo("ann");
        assertThat(result.path("status").asText()).isEqualTo("APPLIED");
        assertThat(result.at("/periods/WEEKLY/window").asText()).isEqualTo("2024-W25");
        assertThat(score(Period.DAILY, "ann")).isEqualTo(8);
        assertThat(score(Period.WEEKLY, "ann")).isEqualTo(15);
        assertThat(score(Period.MONTHLY, "ann")).isEqualTo(36);
        assertThat(score(Period.YEARLY, "ann")).isEqualTo(206);
        assertThat(score(Period.ALL_TIME, "ann")).isEqualTo(906);
    }

    @Test
    void whatIsTakenOverGoesWithItsWindowAndNotIntoTheNext() {
        takeOver(row("ann", "{\"daily\":2,\"all_time\":900}"));

        clock.stopAt(Instant.parse("2024-06-21T12:00:00Z"));
        submit("ann", 1);

        assertThat(score(Period.DAILY, "ann")).isEqualTo(1);
        assertThat(score(Period.ALL_TIME, "ann")).isEqualTo(901);
        assertThat(api.player(board.id(), Period.WEEKLY, "ann", "")
                        .json()
                        .path("score")
                        .asLong())
                .as("a period that the row does not name")
                .isEqualTo(1);
    }

    @Test
    void theSameRowCountsOnceAndAnotherScoreIsRefused() {
        String row = row("ann", "{\"daily\":2,\"weekly\":9}");
        takeOver(row);

        JsonNode again = takeOver(row).get(0);
        JsonNode other = takeOver(row("ann", "{\"daily\":3,\"weekly\":9,\"all_time\":50}"))
                .get(0);

        assertThat(again.path("status").asText()).isEqualTo("DUPLICATE");
        assertThat(other.path("status").asText()).isEqualTo("REFUSED");
        assertThat(other.at("/periods/DAILY/error/code").asText()).isEqualTo("CONFLICT");
        assertThat(other.at("/periods/DAILY/error/detail").asText()).contains("2024-06-20", "adjustment");
        assertThat(other.at("/periods/WEEKLY/status").asText()).isEqualTo("DUPLICATE");
        assertThat(other.at("/periods/ALL_TIME/status").asText()).isEqualTo("APPLIED");
        assertThat(score(Period.DAILY, "ann")).isEqualTo(2);
        assertThat(score(Period.ALL_TIME, "ann")).isEqualTo(50);
    }

    @Test
    void rowsAreAnsweredInOrderAndABrokenOneChangesNothing() {
        JsonNode results = takeOver(
                row("ann", "{\"daily\":2}"),
                row("", "{\"daily\":2}"),
                row("bob", "{\"hourly\":2,\"daily\":\"x\"}"),
                "{\"playerId\":\"cyd\"}",
                row("dan", "{\"daily\":1.5,\"weekly\":3}"),
                row("eve", "{\"season\":1,\"weekly\":3}"),
                "17",
                row("fay#1234 é", "{\"weekly\":0}"));

        assertThat(results.findValuesAsText("status")).hasSizeGreaterThanOrEqualTo(8);
        assertThat(IntStream.range(0, 8)
                        .mapToObj(i -> results.get(i).path("status").asText()))
                .containsExactly(
                        "APPLIED", "REFUSED", "REFUSED", "REFUSED", "REFUSED", "REFUSED", "REFUSED", "APPLIED");
        assertThat(results.get(1).at("/error/errors/0/field").asText()).isEqualTo("playerId");
        assertThat(results.get(3).at("/error/errors/0/field").asText()).isEqualTo("scores");
        assertThat(results.get(4).at("/error/errors/0/field").asText()).isEqualTo("scores.daily");
        assertThat(results.get(5).at("/error/errors/0/field").asText()).isEqualTo("scores.season");
        api.player(board.id(), Period.WEEKLY, "dan", "").expect(404);
        assertThat(score(Period.WEEKLY, "fay#1234 é")).isZero();
    }

    @Test
    void theInstantDecidesTiesAndHasToLieInItsWindows() {
        takeOver(
                dated("ann", "{\"daily\":7}", "2024-06-20T11:00:00Z"),
                dated("bob", "{\"daily\":7}", "2024-06-20T10:00:00Z"));

        JsonNode refused = takeOver(
                dated("cyd", "{\"daily\":7,\"weekly\":9}", "2024-06-19T10:00:00Z"),
                dated("dan", "{\"daily\":7}", "2024-06-20T12:00:01Z"),
                dated("eve", "{\"daily\":7}", "noon"));

        assertThat(api.top(board.id(), Period.DAILY, "").json().path("entries").findValuesAsText("playerId"))
                .containsExactly("bob", "ann");
        for (JsonNode one : refused) {
            assertThat(one.at("/error/errors/0/field").asText()).isEqualTo("achievedAt");
        }
        assertThat(takeOver(dated("ann", "{\"daily\":7}", "2024-06-20T09:00:00Z"))
                        .get(0)
                        .path("status")
                        .asText())
                .as("the same score reached at another instant")
                .isEqualTo("REFUSED");
    }

    @Test
    void bestAndLatestCombineAsTheyDoWithAnyEvent() {
        BoardSpec best = create(aBoard("moved-best").best().allTime());
        BoardSpec latest = create(aBoard("moved-latest").latest().allTime());
        for (BoardSpec one : new BoardSpec[] {best, latest}) {
            api.submit(one.id(), ScoreEvent.of("ann", "50")).expect(200);
            clock.stopAt(Instant.parse("2024-06-20T13:00:00Z"));
            take(one, dated("ann", "{\"all_time\":40}", "2024-06-20T12:30:00Z"), "application/x-ndjson")
                    .expect(200);
            clock.stopAt(Instant.parse(NOW));
        }

        assertThat(api.player(best.id(), Period.ALL_TIME, "ann", "")
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(50);
        assertThat(api.player(latest.id(), Period.ALL_TIME, "ann", "")
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(40);
    }

    @Test
    void boundsForSubmissionsDoNotHoldForTotals() {
        api.putBoard(
                        "bounded-" + board.id(),
                        "{\"title\":\"Bounded\",\"minScore\":0,\"maxScore\":10,\"maxStep\":10,\"decimals\":1}")
                .expect(201);

        JsonNode result = api.post(
                        "/api/v1/admin/boards/bounded-" + board.id() + "/standings" + WHY,
                        "{\"standings\":[{\"playerId\":\"ann\",\"scores\":{\"all_time\":900.5}}]}")
                .expect(200)
                .json()
                .path("results")
                .get(0);

        assertThat(result.path("status").asText()).isEqualTo("APPLIED");
        assertThat(api.player("bounded-" + board.id(), Period.ALL_TIME, "ann", "")
                        .json()
                        .path("score")
                        .decimalValue())
                .isEqualByComparingTo("900.5");
    }

    @Test
    void eventsThatArriveMeanwhileAreNotLost() {
        int players = 300;
        String rows = IntStream.range(0, players)
                .mapToObj(i -> row("p" + i, "{\"daily\":100,\"all_time\":1000}"))
                .collect(Collectors.joining("\n"));
        String events = IntStream.range(0, players)
                .mapToObj(i -> ScoreEvent.of("p" + i, "3").json())
                .collect(Collectors.joining("\n"));

        CompletableFuture<Reply> moving =
                CompletableFuture.supplyAsync(() -> take(board, rows, "application/x-ndjson"));
        CompletableFuture<Reply> moved = CompletableFuture.supplyAsync(() -> take(board, rows, "application/x-ndjson"));
        api.postAs("/api/v1/boards/" + board.id() + "/scores/batch", "application/x-ndjson", events)
                .expect(200);
        moving.join().expect(200);
        moved.join().expect(200);

        JsonNode page =
                api.top(board.id(), Period.DAILY, "limit=1000").expect(200).json();
        assertThat(page.path("total").asInt()).isEqualTo(players);
        assertThat(page.path("entries"))
                .allSatisfy(entry -> assertThat(entry.path("score").asInt()).isEqualTo(103));
        assertThat(score(Period.ALL_TIME, "p7")).isEqualTo(1003);
        assertThat(score(Period.WEEKLY, "p7")).isEqualTo(3);
    }

    @Test
    void whatWasAchievedBeforeAResetDoesNotCountAfterIt() {
        submit("ann", 1);
        api.post("/api/v1/admin/boards/" + board.id() + "/windows/daily/reset", "{\"reason\":\"r\",\"author\":\"a\"}")
                .expect(200);

        JsonNode results = takeOver(
                dated("bob", "{\"daily\":5,\"weekly\":5}", "2024-06-20T11:00:00Z"),
                dated("cyd", "{\"weekly\":5}", "2024-06-20T11:00:00Z"),
                dated("dan", "{\"daily\":5}", NOW));

        assertThat(results.get(0).path("error").path("errors").toString()).contains("achievedAt", "last reset");
        assertThat(results.findValuesAsText("playerId")).containsExactly("bob", "cyd", "dan");
        assertThat(api.top(board.id(), Period.DAILY, "")
                        .expect(200)
                        .json()
                        .path("entries")
                        .findValuesAsText("playerId"))
                .containsExactly("dan");
        assertThat(api.top(board.id(), Period.WEEKLY, "")
                        .expect(200)
                        .json()
                        .path("entries")
                        .findValuesAsText("playerId"))
                .containsExactly("cyd", "ann");
    }

    @Test
    void aKeyForTheWholeCallIsRefused() {
        String rows = "{\"standings\":[" + row("ann", "{\"daily\":2}") + "]}";

        assertProblem(
                api.post("/api/v1/admin/boards/" + board.id() + "/standings" + WHY, rows, "Idempotency-Key", "moving"),
                422,
                "Idempotency-Key");
        String scores = "{\"scores\":[{\"playerId\":\"ann\",\"score\":1}]}";
        assertProblem(
                api.post("/api/v1/boards/" + board.id() + "/scores/batch", scores, "Idempotency-Key", "batch-1"),
                422,
                "Idempotency-Key");

        assertThat(api.top(board.id(), Period.DAILY, "")
                        .expect(200)
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
    }

    @Test
    void aCallIsBoundedAndStandsInTheLog() {
        String path = "/api/v1/admin/boards/" + board.id() + "/standings";

        assertProblem(api.post(path, "{\"standings\":[]}"), 422, "reason", "author");
        assertProblem(api.post(path + WHY, "{\"standings\":[]}"), 422, "standings");
        assertProblem(api.post(path + WHY, "{\"rows\":[]}"), 422, "standings");
        assertProblem(api.postAs(path + WHY, "text/csv", "ann,2"), 415);
        assertProblem(
                api.postAs(path + WHY, "application/x-ndjson", (row("a", "{}") + "\n").repeat(10_001)),
                422,
                "standings");
        assertProblem(
                api.post("/api/v1/admin/boards/nothing/standings" + WHY, "{\"standings\":[" + row("a", "{}") + "]}"),
                404);
        BoardSpec several = create(aBoard("moved-several").allTime().metrics(java.util.List.of("power", "kills")));
        assertProblem(take(several, row("ann", "{\"all_time\":1}"), "application/x-ndjson"), 409);

        takeOver(row("ann", "{\"daily\":2}"));
        JsonNode entry = api.get("/api/v1/admin/boards/" + board.id() + "/log")
                .expect(200)
                .json()
                .at("/items/0");
        assertThat(entry.path("action").asText()).isEqualTo("TAKE_OVER");
        assertThat(entry.path("reason").asText()).isEqualTo("moving");
        assertThat(entry.path("author").asText()).isEqualTo("ops");
        assertThat(StoredRows.column(
                        "SELECT attributes->>'author' FROM score_event e JOIN board b ON b.id = e.board_id "
                                + "WHERE b.name = ? AND event_id LIKE '#takeover-daily-%-ann'",
                        board.id()))
                .containsExactly("ops");
    }

    @Test
    void afterAResetTheNewGenerationMayTakeOverAgain() {
        String row = row("ann", "{\"daily\":2}");
        takeOver(row);
        api.post(
                        "/api/v1/admin/boards/" + board.id() + "/windows/daily/reset",
                        "{\"reason\":\"again\",\"author\":\"ops\"}")
                .expect(200);

        assertThat(takeOver(row).get(0).path("status").asText()).isEqualTo("APPLIED");
        assertThat(score(Period.DAILY, "ann")).isEqualTo(2);
    }

    private JsonNode takeOver(String... rows) {
        String body = "{\"standings\":[" + String.join(",", rows) + "]}";
        return take(board, body, "application/json").expect(200).json().path("results");
    }

    private Reply take(BoardSpec to, String body, String type) {
        return api.postAs("/api/v1/admin/boards/" + to.id() + "/standings" + WHY, type, body);
    }

    private static String row(String player, String scores) {
        return "{\"playerId\":\"%s\",\"scores\":%s}".formatted(player, scores);
    }

    private static String dated(String player, String scores, String achievedAt) {
        return "{\"playerId\":\"%s\",\"scores\":%s,\"achievedAt\":\"%s\"}".formatted(player, scores, achievedAt);
    }

    private long score(Period period, String player) {
        return api.player(board.id(), period, player, "")
                .expect(200)
                .json()
                .path("score")
                .asLong();
    }

    private void submit(String player, int score) {
        api.submit(board.id(), ScoreEvent.of(player, Integer.toString(score))).expect(200);
    }
}
