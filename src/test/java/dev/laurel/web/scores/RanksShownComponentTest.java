package dev.laurel.web.scores;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The answer to a submission has the ranks that are asked for, the first time and when it is repeated. */
@QuarkusTest
class RanksShownComponentTest {
    private static final List<String> WISHES = List.of("NONE", "AFTER", "BOTH");

    @TestHTTPResource
    URI service;

    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    /** Two boards get the same events; on one of them all ranks are asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"COMPETITION", "DENSE", "ORDINAL"})
    void whatIsAskedForIsWhatWouldHaveBeenAnswered(String mode) {
        String asked = theBoard(mode);
        String whole = theBoard(mode);
        Random random = new Random(mode.hashCode());
        Instant begun = Instant.now().minusSeconds(60);
        for (int i = 0; i < 60; i++) {
            String event = "{\"playerId\":\"p%d\",\"score\":%d,\"occurredAt\":\"%s\"}"
                    .formatted(random.nextInt(8), random.nextInt(4), begun.plusMillis(i));
            String wish = WISHES.get(random.nextInt(WISHES.size()));

            JsonNode answer = submit(asked, event, "?ranks=" + wish);

            JsonNode expected = without(wish, submit(whole, event, ""));
            assertThat(answer).as("%s of %s", wish, event).isEqualTo(expected);
        }
        assertThat(entries(asked)).isEqualTo(entries(whole));
    }

    private static JsonNode without(String wish, JsonNode answer) {
        for (JsonNode standing : answer.path("standings")) {
            ObjectNode one = (ObjectNode) standing;
            if (!wish.equals("BOTH")) {
                one.remove("previousRank");
            }
            if (wish.equals("NONE")) {
                one.remove(List.of("rank", "total"));
            }
        }
        return answer;
    }

    @Test
    void aRepetitionIsAnsweredWithNoMoreThanItAsksFor() {
        String board = theBoard("COMPETITION");
        submit(board, event("ann", 1, "before"), "");
        JsonNode first = submit(board, event("ann", 3, "e1"), "");
        submit(board, event("bob", 50, "e2"), "");

        assertThat(first.at("/standings/ALL_TIME/previousRank").asInt()).isEqualTo(1);
        for (String wish : WISHES) {
            JsonNode again = submit(board, event("ann", 3, "e1"), "?ranks=" + wish);
            assertThat(again.path("status").asText()).isEqualTo("DUPLICATE");
            assertThat(again.path("standings"))
                    .isEqualTo(without(wish, first.deepCopy()).path("standings"));
        }
    }

    @Test
    void aRepetitionThatAsksForMoreThanTheFirstTimeGetsTheScoreAndTheRankOfOneMoment() {
        String board = theBoard("COMPETITION");
        JsonNode first = submit(board, event("ann", 3, "e1"), "?ranks=NONE");
        submit(board, event("ann", 4, "e2"), "");
        submit(board, event("bob", 50, "e3"), "");

        JsonNode same = submit(board, event("ann", 3, "e1"), "?ranks=NONE");
        JsonNode more = submit(board, event("ann", 3, "e1"), "?ranks=BOTH");

        assertThat(first.at("/standings/ALL_TIME")).hasSize(2);
        assertThat(same.path("standings")).isEqualTo(first.path("standings"));
        assertStanding(more.at("/standings/ALL_TIME"), 7, 2, 2);
        assertThat(more.at("/standings/ALL_TIME").has("previousRank")).isFalse();
        assertThat(more.path("status").asText()).isEqualTo("DUPLICATE");
    }

    @Test
    void aBatchWithoutStandingsRecordsNoneAndItsRepetitionMayAskForThem() {
        String board = theBoard("COMPETITION");
        String events = "{\"scores\":[" + event("ann", 3, "e1") + "," + event("bob", 5, "e2") + "]}";
        String path = "/api/v1/boards/" + board + "/scores/batch";
        JsonNode first = api.post(path, events).expect(200).json();
        assertThat(recorded(board)).isZero();

        JsonNode after = api.post(path + "?standings=true&ranks=AFTER", events)
                .expect(200)
                .json();

        assertThat(first.path("results").findValuesAsText("status")).containsOnly("APPLIED");
        assertThat(after.path("results").findValuesAsText("status")).containsOnly("DUPLICATE");
        assertStanding(after.at("/results/0/standings/ALL_TIME"), 3, 2, 2);
        assertStanding(after.at("/results/1/standings/ALL_TIME"), 5, 1, 2);
        assertThat(api.post(path, events).expect(200).json().path("results").findValuesAsText("status"))
                .containsOnly("DUPLICATE");
        JsonNode other = api.post(
                        path + "?standings=true&ranks=NONE",
                        events.replace("\"e1\"", "\"f1\"").replace("\"e2\"", "\"f2\""))
                .expect(200)
                .json();
        assertThat(other.at("/results/0/standings/ALL_TIME/score").asInt()).isEqualTo(6);
        assertThat(other.at("/results/0/standings/ALL_TIME").has("rank")).isFalse();
        assertThat(recorded(board)).isEqualTo(2);
    }

    @Test
    void ofAPlayerWhoTakesNoRankARepetitionTellsTheScoreAndWhy() {
        String board = theBoard("COMPETITION");
        submit(board, event("ann", 1, "before"), "");
        api.put(
                        "/api/v1/admin/boards/" + board + "/rankings/all_time/players/ann/disqualification",
                        "{\"reason\":\"why\",\"author\":\"judge\"}")
                .expect(200);
        String events = "{\"scores\":[" + event("ann", 3, "e1") + "," + event("bob", 5, "e2") + "]}";
        String path = "/api/v1/boards/" + board + "/scores/batch";
        api.post(path, events).expect(200);

        JsonNode results =
                api.post(path + "?standings=true", events).expect(200).json().path("results");

        JsonNode ann = results.get(0).at("/standings/ALL_TIME");
        assertThat(ann.path("score").asInt()).isEqualTo(4);
        assertThat(ann.path("disqualified").asBoolean()).isTrue();
        assertThat(ann.has("rank")).isFalse();
        assertStanding(results.get(1).at("/standings/ALL_TIME"), 5, 1, 1);
        assertThat(submit(board, event("ann", 3, "e1"), "").at("/standings/ALL_TIME"))
                .isEqualTo(ann);
    }

    @Test
    void theSameEventOnSeveralBoardsHasTheRanksThatAreAskedFor() {
        String one = theBoard("COMPETITION");
        String other = theBoard("DENSE");
        String body = event("ann", 3, "e1").replace("{\"pl", "{\"boards\":[\"" + one + "\",\"" + other + "\"],\"pl");

        JsonNode after =
                api.post("/api/v1/scores?ranks=AFTER", body).expect(200).json();
        JsonNode none = api.post("/api/v1/scores?ranks=NONE", body).expect(200).json();

        for (int i = 0; i < 2; i++) {
            assertStanding(after.path("results").get(i).at("/standings/ALL_TIME"), 3, 1, 1);
            assertThat(none.path("results").get(i).path("status").asText()).isEqualTo("DUPLICATE");
            assertThat(none.path("results")
                            .get(i)
                            .at("/standings/ALL_TIME/score")
                            .asInt())
                    .isEqualTo(3);
            assertThat(none.path("results").get(i).at("/standings/ALL_TIME").has("rank"))
                    .isFalse();
        }
    }

    @Test
    void anUnknownWishIsRefusedAndNothingIsWritten() {
        String board = theBoard("COMPETITION");
        String path = "/api/v1/boards/" + board + "/scores";

        assertProblem(api.post(path + "?ranks=before", event("ann", 3, "e1")), 422, "ranks");
        assertProblem(
                api.post(path + "/batch?ranks=SOME", "{\"scores\":[" + event("ann", 3, "e1") + "]}"), 422, "ranks");
        assertProblem(
                api.post(
                        "/api/v1/scores?ranks=both",
                        event("ann", 3, "e1").replace("{\"pl", "{\"boards\":[\"" + board + "\"],\"pl")),
                422,
                "ranks");

        assertThat(entries(board)).isEmpty();
    }

    private String theBoard(String mode) {
        BoardSpec board = aBoard("ranks-shown")
                .rankMode(mode)
                .keeping(Set.of(Period.ALL_TIME))
                .lateDays(1)
                .build();
        api.putBoard(board).expect(201);
        return board.id();
    }

    private static String event(String player, int score, String id) {
        return "{\"playerId\":\"%s\",\"score\":%d,\"eventId\":\"%s\"}".formatted(player, score, id);
    }

    private JsonNode submit(String board, String event, String query) {
        return api.post("/api/v1/boards/" + board + "/scores" + query, event)
                .expect(200)
                .json();
    }

    private JsonNode entries(String board) {
        return api.top(board, Period.ALL_TIME, "limit=100").expect(200).json().path("entries");
    }

    private static long recorded(String board) {
        return StoredRows.number(
                "SELECT count(answer) FROM event_key k JOIN board b ON b.id = k.board_id WHERE b.name = ?", board);
    }

    private static void assertStanding(JsonNode standing, int score, int rank, int total) {
        assertThat(standing.path("score").asInt()).isEqualTo(score);
        assertThat(standing.path("rank").asInt()).isEqualTo(rank);
        assertThat(standing.path("total").asInt()).isEqualTo(total);
    }
}
