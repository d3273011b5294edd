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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many events in one call: each counts or is refused for itself, and each is told so in its place. */
@QuarkusTest
class ScoreBatchComponentTest {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("batch").build();
    private final BoardSpec latest = aBoard("batch").latest().allTime().build();
    private LaurelApi api;

    @BeforeEach
    void boards() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        api.putBoard(latest).expect(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, LINES, "application/json; charset=utf-8", "Application/X-NDJSON; charset=utf-8"})
    void everyEventIsToldItsResultInItsPlace(String type) {
        api.submit(board.id(), ScoreEvent.of("ann", "1").withId("before")).expect(200);
        api.submit(board.id(), ScoreEvent.of("ann", "1").withId("taken")).expect(200);

        JsonNode results = results(
                board,
                type,
                ScoreEvent.of("ann", "1").withId("new").json(),
                ScoreEvent.of("bob", "2.5").withId("half").json(),
                ScoreEvent.of("ann", "1").withId("before").json(),
                ScoreEvent.of("ann", "2").withId("taken").json(),
                "{\"playerId\":\"bob\",\"score\":3,\"colour\":\"red\"}",
                "{\"playerId\":\"bob\",\"score\":\"3\"}",
                "[]",
                ScoreEvent.of("ann", "0").json(),
                ScoreEvent.of("bob", "4").json());

        assertThat(statuses(results))
                .containsExactly(
                        "APPLIED",
                        "REFUSED",
                        "DUPLICATE",
                        "REFUSED",
                        "REFUSED",
                        "REFUSED",
                        "REFUSED",
                        "UNCHANGED",
                        "APPLIED");
        assertThat(Stream.of(0, 1, 2, 3).map(i -> results.get(i).path("eventId").asText()))
                .containsExactly("new", "half", "before", "taken");
        assertThat(results.get(8).has("eventId")).isFalse();
        assertRefused(results.get(1), "INVALID_INPUT", "score");
        assertRefused(results.get(3), "CONFLICT");
        assertRefused(results.get(4), "INVALID_INPUT", "colour");
        assertRefused(results.get(5), "INVALID_INPUT", "score");
        assertThat(results.get(6).path("error").path("code").asText()).isEqualTo("INVALID_INPUT");
        assertThat(score(board, "ann")).isEqualTo(3);
        assertThat(score(board, "bob")).isEqualTo(4);
    }

    @Test
    void aLineThatIsNoJsonIsRefusedInItsPlaceAndEmptyLinesAreNone() {
        String body = ScoreEvent.of("ann", "1").json() + "\r\n\n  \n{\"playerId\":\n"
                + ScoreEvent.of("bob", "2").json() + "\n\n";

        JsonNode results = send(board, "", LINES, body).expect(200).json().path("results");

        assertThat(statuses(results)).containsExactly("APPLIED", "REFUSED", "APPLIED");
        assertRefused(results.get(1), "INVALID_INPUT", "line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{}",
                "{\"scores\":null}",
                "{\"scores\":{}}",
                "{\"scores\":[]}",
                "{\"scores\":[{\"playerId\":\"ann\",\"score\":1}],\"atomic\":true}",
                "{\"events\":[{\"playerId\":\"ann\",\"score\":1}]}",
            })
    void anotherDocumentThanAListOfScoresIsRefusedWhole(String body) {
        assertProblem(send(board, "", JSON, body), 422, "scores");
        assertThat(ledger(board)).isZero();
    }

    @Test
    void anEmptyBodyAndOtherFormatsAreRefused() {
        String event = ScoreEvent.of("ann", "1").json();

        assertProblem(send(board, "", LINES, " \n\n"), 422, "scores");
        assertProblem(send(board, "", JSON, "{\"scores\":[" + event), 400);
        assertProblem(send(board, "", "text/csv", "ann,1"), 415);
        assertProblem(send(aBoard("unknown").build(), "", LINES, event), 404);
        assertProblem(send(board, "?atomic=True", LINES, event), 422, "atomic");
        assertThat(ledger(board)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?atomic=true"})
    @DisplayName("trap 24: ten thousand events are taken, one more is refused whole")
    void tenThousandEventsAreTakenAndOneMoreIsRefused(String query) {
        List<String> events = IntStream.range(0, 10_001)
                .mapToObj(i -> ScoreEvent.of("p" + i % 3_000, Integer.toString(i))
                        .withId("e" + i)
                        .json())
                .toList();

        assertProblem(send(board, query, LINES, String.join("\n", events)), 422, "scores");
        assertProblem(send(board, query, JSON, document(events)), 422, "scores");
        assertThat(ledger(board)).isZero();

        List<String> allowed = events.subList(0, 10_000);
        JsonNode first = send(board, query, JSON, document(allowed)).expect(200).json();
        JsonNode second = send(board, query, LINES, String.join("\n", allowed))
                .expect(200)
                .json();

        assertThat(statuses(first.path("results"))).hasSize(10_000).containsOnly("APPLIED");
        assertThat(statuses(second.path("results"))).hasSize(10_000).containsOnly("DUPLICATE");
        assertThat(first.path("results").findValuesAsText("eventId"))
                .isEqualTo(IntStream.range(0, 10_000).mapToObj(i -> "e" + i).toList());
        assertThat(ledger(board)).isEqualTo(10_000);
        // 7 + 3007 + 6007 + 9007
        assertThat(score(board, "p7")).isEqualTo(18_028);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?atomic=true"})
    void eventsOfAPlayerCountInTheirOrder(String query) {
        int rounds = 700;
        String body = IntStream.range(0, 3 * rounds)
                .mapToObj(i -> ScoreEvent.of("p" + i % 3, Integer.toString(i)).json())
                .collect(Collectors.joining("\n"));

        JsonNode results = send(latest, query, LINES, body).expect(200).json().path("results");

        assertThat(statuses(results)).hasSize(3 * rounds).containsOnly("APPLIED");
        assertThat(List.of(score(latest, "p0"), score(latest, "p1"), score(latest, "p2")))
                .containsExactly(2_097L, 2_098L, 2_099L);
        assertThat(StoredRows.column(
                        "SELECT version FROM standing s JOIN board b ON b.id = s.board_id WHERE b.name = ?",
                        latest.id()))
                .containsOnly((long) rounds);
    }

    @Test
    void theSameIdTwiceInABatchCountsOnce() {
        JsonNode results = results(
                board,
                LINES,
                ScoreEvent.of("ann", "1").withId("twice").json(),
                ScoreEvent.of("ann", "1").withId("twice").json(),
                ScoreEvent.of("ann", "2").withId("twice").json(),
                ScoreEvent.of("ann", "5").json());

        assertThat(statuses(results)).containsExactly("APPLIED", "DUPLICATE", "REFUSED", "APPLIED");
        assertRefused(results.get(2), "CONFLICT");
        assertThat(score(board, "ann")).isEqualTo(6);
    }

    private JsonNode results(BoardSpec on, String type, String... events) {
        String body = type.startsWith(JSON) ? document(List.of(events)) : String.join("\n", events);
        return send(on, "", type, body).expect(200).json().path("results");
    }

    private Reply send(BoardSpec on, String query, String type, String body) {
        return api.postAs("/api/v1/boards/" + on.id() + "/scores/batch" + query, type, body);
    }

    private static String document(List<String> events) {
        return "{\"scores\":[" + String.join(",", events) + "]}";
    }

    private static List<String> statuses(JsonNode results) {
        return results.findValuesAsText("status");
    }

    private static void assertRefused(JsonNode result, String code, String... fields) {
        assertThat(result.path("status").asText()).isEqualTo("REFUSED");
        assertThat(result.path("error").path("code").asText()).isEqualTo(code);
        assertThat(result.path("error").path("detail").asText()).isNotBlank();
        assertThat(result.path("error").path("errors").findValuesAsText("field"))
                .containsExactly(fields);
    }

    private long score(BoardSpec on, String player) {
        return api.player(on.id(), Period.ALL_TIME, player, "")
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
