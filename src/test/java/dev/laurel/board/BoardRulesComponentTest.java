package dev.laurel.board;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Period;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.UUID;

/** What a board's definition does besides: metrics, ties, steps, retention. */
@QuarkusTest
class BoardRulesComponentTest extends RolloverScene {
    @Test
    @DisplayName("trap 3: with BEST a submission of two numbers is kept as a whole")
    void aPairThatNobodySubmittedIsNeverShown() {
        String board = define("\"operator\":\"BEST\",\"metrics\":[\"power\",\"kills\"]");
        submit(board, "ann", "10", "\"metrics\":{\"kills\":1}", 200);
        submit(board, "ann", "9", "\"metrics\":{\"kills\":99}", 200);
        submit(board, "bob", "1", "\"metrics\":{\"kills\":50}", 200);

        assertThat(entry(board, "", 0)).isEqualTo("ann 10");
        assertThat(entry(board, "?metric=kills", 0)).isEqualTo("bob 50");
        assertThat(entry(board, "?metric=kills", 1)).isEqualTo("ann 1");
        submit(board, "ann", "11", "\"eventId\":\"e\"", 422);
        submit(board, "ann", "11", "\"metrics\":{\"kills\":1,\"gold\":2}", 422);
        submit(board, "ann", "11", "\"metrics\":{\"kills\":1.5}", 422);
    }

    @Test
    void theSameEventIsToldByAllItsMetrics() {
        String board = define("\"metrics\":[\"power\",\"kills\"]");
        String event = "\"eventId\":\"e1\",\"metrics\":{\"kills\":2}";
        JsonNode first = submit(board, "ann", "1", event, 200);
        JsonNode again = submit(board, "ann", "1", "\"eventId\":\"e1\",\"metrics\":{\"kills\":2.0}", 200);

        assertThat(again.path("status").asText()).isEqualTo("DUPLICATE");
        assertThat(again.path("standings")).isEqualTo(first.path("standings"));
        submit(board, "ann", "1", "\"eventId\":\"e1\",\"metrics\":{\"kills\":3}", 409);
        submit(board, "ann", "1", "\"eventId\":\"e1\"", 409);
    }

    @Test
    void tiesAreBrokenAsTheBoardSays() {
        for (String rule : new String[] {"EARLIEST", "LATEST", "NONE"}) {
            String board = define("\"tieBreak\":\"%s\"".formatted(rule));
            at(board, "mid", "2024-05-14T19:59:02Z");
            at(board, "aaa", "2024-05-14T19:59:03Z");
            at(board, "zzz", "2024-05-14T19:59:01Z");

            assertThat(ranking(board, "").path("entries").findValuesAsText("playerId"))
                    .containsExactly(
                            switch (rule) {
                                case "EARLIEST" -> new String[] {"zzz", "mid", "aaa"};
                                case "LATEST" -> new String[] {"aaa", "mid", "zzz"};
                                default -> new String[] {"aaa", "mid", "zzz"};
                            });
            assertThat(ranking(board, "").path("entries").findValuesAsText("achievedAt"))
                    .contains("2024-05-14T19:59:01Z", "2024-05-14T19:59:02Z", "2024-05-14T19:59:03Z");
        }
    }

    @Test
    @DisplayName("trap 5: ties of the largest scores are broken by time, and the score keeps all its bits")
    void timeTakesNoBitsOfTheScore() {
        String board = putBoard(aBoard("wide").best().allTime());
        String[][] events = {
            {"aaa", "9007199254740991", "02"}, {"zzz", "9007199254740991", "01"}, {"mid", "9007199254740990", "00"},
            {"low", "-9007199254740991", "00"}, {"neg", "-9007199254740990", "03"}, {"pos", "16384", "04"},
        };
        for (String[] one : events) {
            submit(board, ScoreEvent.of(one[0], one[1]).at("2024-05-14T19:59:" + one[2] + "Z"));
        }

        JsonNode ranking = api.top(board, Period.ALL_TIME, "").expect(200).json();

        assertThat(ranking.path("source").asText()).isEqualTo("REDIS");
        JsonNode entries = ranking.path("entries");
        assertThat(entries.findValuesAsText("playerId")).containsExactly("zzz", "aaa", "mid", "pos", "neg", "low");
        assertThat(entries.findValuesAsText("rank")).containsExactly("1", "1", "3", "4", "5", "6");
        assertThat(entries.findValuesAsText("score"))
                .containsExactly(
                        "9007199254740991",
                        "9007199254740991",
                        "9007199254740990",
                        "16384",
                        "-9007199254740990",
                        "-9007199254740991");
    }

    private void at(String board, String player, String instant) {
        submit(board, player, "5", "\"occurredAt\":\"%s\"".formatted(instant), 200);
    }

    @Test
    @DisplayName("trap 9: dense ranks follow every change")
    void denseRanksCountDifferentScores() {
        String board = define("\"rankMode\":\"DENSE\",\"operator\":\"LATEST\"");
        for (String[] one : new String[][] {{"a", "9"}, {"b", "7"}, {"c", "7"}, {"d", "3"}}) {
            submit(board, one[0], one[1], "", 200);
        }
        assertThat(ranking(board, "").path("entries").findValuesAsText("rank")).containsExactly("1", "2", "2", "3");

        submit(board, "b", "3", "", 200);
        submit(board, "c", "9", "", 200);
        assertThat(ranking(board, "").path("entries").findValuesAsText("rank")).containsExactly("1", "1", "2", "2");
        assertThat(ranking(board, "?offset=3").path("entries").findValuesAsText("rank"))
                .containsExactly("2");
    }

    @Test
    void aStepThatIsTooLargeChangesNothing() {
        String sum = define("\"maxStep\":10");
        submit(sum, "ann", "10", "", 200);
        submit(sum, "ann", "11", "", 422);
        submit(sum, "ann", "-11", "", 422);
        String best = define("\"operator\":\"BEST\",\"maxStep\":10");
        submit(best, "ann", "100", "", 200);
        submit(best, "ann", "50", "", 200);
        JsonNode problem = submit(best, "ann", "111", "", 422);
        assertThat(problem.path("errors").findValuesAsText("field")).containsExactly("score");
        submit(best, "ann", "110", "", 200);
        assertThat(entry(best, "", 0)).isEqualTo("ann 110");
        assertThat(entry(sum, "", 0)).isEqualTo("ann 10");
    }

    @Test
    void whatStandingsHoldAlreadyCannotChange() {
        String board = define("\"metrics\":[\"power\",\"kills\"]");
        submit(board, "ann", "1", "", 200);

        redefine(board, "\"metrics\":[\"power\"]", 409);
        redefine(board, "\"metrics\":[\"power\",\"kills\"],\"tieBreak\":\"LATEST\"", 409);
        redefine(board, "\"metrics\":[\"power\",\"kills\"],\"maxStep\":5,\"retention\":\"P90D\"", 200);
        redefine(board, "\"metrics\":[\"power\",\"power\"]", 422);
        redefine(board, "\"metrics\":[]", 422);
        redefine(board, "\"metrics\":[\"power\",\"kills\"],\"maxStep\":0", 422);
        redefine(board, "\"metrics\":[\"power\",\"kills\"],\"retention\":\"PT1H\"", 422);
        redefine(board, "\"metrics\":[\"power\",\"kills\"],\"tieBreak\":\"COIN\"", 422);
    }

    private String define(String rest) {
        String board = "rules-" + UUID.randomUUID().toString().substring(0, 8);
        redefine(board, rest, 201);
        return board;
    }

    private void redefine(String board, String rest, int status) {
        api.putBoard(board, "{\"title\":\"Rules\",\"periods\":[\"ALL_TIME\"]," + rest + "}")
                .expect(status);
    }

    private JsonNode submit(String board, String player, String score, String rest, int status) {
        String more = rest.isEmpty() ? "" : "," + rest;
        return api.submit(board, "{\"playerId\":\"%s\",\"score\":%s%s}".formatted(player, score, more))
                .expect(status)
                .json();
    }

    private JsonNode ranking(String board, String query) {
        return api.get("/api/v1/boards/" + board + "/rankings/all_time" + query)
                .expect(200)
                .json();
    }

    private String entry(String board, String query, int index) {
        JsonNode entry = ranking(board, query).path("entries").get(index);
        assertThat(Instant.parse(entry.path("achievedAt").asText())).isNotNull();
        return entry.path("playerId").asText() + " " + entry.path("score").asText();
    }
}
