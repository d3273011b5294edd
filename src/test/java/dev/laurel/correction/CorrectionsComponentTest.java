package dev.laurel.correction;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.Period;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

/** What administrators put right by hand. */
@QuarkusTest
class CorrectionsComponentTest extends RolloverScene {
    private static final String WHY = "{\"reason\":\"a second account\",\"author\":\"judge\"}";

    @Test
    void whoIsDisqualifiedTakesNoRankWhileScoresGoOn() {
        String board = three();
        disqualify(board, "bob", "");

        assertThat(players(board)).containsExactly("ann", "cyd");
        JsonNode receipt = submit(board, ScoreEvent.of("bob", "1"));
        assertThat(receipt.path("standings").path("DAILY").path("disqualified").asBoolean())
                .isTrue();
        assertThat(receipt.path("standings").path("DAILY").has("rank")).isFalse();
        assertThat(top(board).path("total").asInt()).isEqualTo(2);

        reinstate(board, "bob", "");
        assertThat(players(board)).containsExactly("bob", "ann", "cyd");
        assertThat(top(board).path("entries").get(0).path("score").asInt()).isEqualTo(10);
    }

    @Test
    void disqualifyingTwiceChangesNothing() {
        String board = three();

        assertThat(disqualify(board, "bob", "").path("changed").asBoolean()).isTrue();
        assertThat(disqualify(board, "bob", "").path("changed").asBoolean()).isFalse();
        assertThat(reinstate(board, "bob", "").path("changed").asBoolean()).isTrue();
        assertThat(reinstate(board, "bob", "").path("changed").asBoolean()).isFalse();
    }

    @Test
    void theDisqualifiedStayOutOfTheArchiveAndComeBackThere() {
        String board = three();
        disqualify(board, "bob", "");
        stand("2024-05-15T00:05:00Z");
        closeDue();

        assertThat(ranked(board, DAY)).containsExactly("ann", "cyd");
        reinstate(board, "bob", "?window=" + DAY);
        assertThat(ranked(board, DAY)).containsExactly("bob", "ann", "cyd");
        disqualify(board, "ann", "?window=" + DAY);
        JsonNode archived =
                api.top(board, Period.DAILY, "window=" + DAY).expect(200).json();
        assertThat(archived.path("entries").findValuesAsText("playerId")).containsExactly("bob", "cyd");
        assertThat(archived.path("entries").findValuesAsText("rank")).containsExactly("1", "2");
        assertThat(archived.path("total").asInt()).isEqualTo(2);
        assertThat(api.get(admin(board) + "/rankings/daily/disqualifications?window=" + DAY)
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("playerId"))
                .containsExactly("ann");
    }

    @Test
    void anAdjustmentIsAddedAndCanBeTakenBack() {
        String board = three();
        JsonNode adjusted = adjust(board, "bob", "-8");

        assertThat(players(board)).containsExactly("ann", "cyd", "bob");
        submit(board, ScoreEvent.of("bob", "2"));
        undo(board, adjusted, 200);
        assertThat(players(board)).containsExactly("bob", "ann", "cyd");
        assertThat(top(board).path("entries").get(0).path("score").asInt()).isEqualTo(11);
        undo(board, adjusted, 409);
    }

    @Test
    void whereTheBestCountsAnAdjustmentReplacesIt() {
        String board = putBoard(aBoard("corrected").best().daily());
        submit(board, ScoreEvent.of("ann", "900"));
        submit(board, ScoreEvent.of("bob", "50"));
        JsonNode adjusted = adjust(board, "ann", "40");
        assertThat(players(board)).containsExactly("bob", "ann");

        submit(board, ScoreEvent.of("ann", "60"));
        assertThat(players(board)).containsExactly("ann", "bob");
        undo(board, adjusted, 200);
        assertThat(top(board).path("entries").get(0).path("score").asInt())
                .as("the best of what was submitted, as if it had never been adjusted")
                .isEqualTo(900);
        api.post(admin(board) + "/adjustments", body("nobody", "3")).expect(409);
    }

    @Test
    @DisplayName("trap 39: a correction brings a player back from the bound, and events count again")
    void aScoreAtTheBoundCanBeCorrected() {
        String board = putBoard(aBoard("corrected").daily());
        submit(board, ScoreEvent.of("ann", "9007199254740991"));
        api.submit(board, ScoreEvent.of("ann", "1")).expect(422);

        adjust(board, "ann", "-9007199254740000");
        submit(board, ScoreEvent.of("ann", "9"));

        assertThat(top(board).path("entries").get(0).path("score").asLong()).isEqualTo(1_000);
    }

    @Test
    void aRefusedAdjustmentOpensNoWindow() {
        for (BoardBuilder builder :
                List.of(aBoard("corrected").best(), aBoard("corrected").latest())) {
            String board = putBoard(builder.daily());

            api.post(admin(board) + "/adjustments", body("ann", "3")).expect(409);

            assertThat(api.get("/api/v1/boards/" + board + "/windows?period=daily")
                            .expect(200)
                            .json()
                            .path("items"))
                    .isEmpty();
        }
    }

    @Test
    void betweenSeasonsTheRefusalSaysSo() {
        for (String operator : List.of("SUM", "BEST")) {
            String board = "seasons-" + UUID.randomUUID();
            api.putBoard(board, "{\"title\":\"Seasons\",\"operator\":\"" + operator + "\",\"periods\":[\"SEASON\"]}")
                    .expect(201);

            String refusal = api.post(admin(board) + "/adjustments", body("ann", "3"))
                    .expect(409)
                    .text();

            assertThat(refusal).contains("No season of board " + board + " is running");
        }
    }

    @Test
    void whatHasBeenSubmittedSinceStaysWhenAnAdjustmentIsTakenBack() {
        String board = putBoard(aBoard("corrected").latest().daily());
        submit(board, ScoreEvent.of("ann", "5"));
        JsonNode first = adjust(board, "ann", "7");
        undo(board, first, 200);
        assertThat(top(board).path("entries").get(0).path("score").asInt()).isEqualTo(5);

        JsonNode second = adjust(board, "ann", "8");
        submit(board, ScoreEvent.of("ann", "6"));
        undo(board, second, 200);
        assertThat(top(board).path("entries").get(0).path("score").asInt()).isEqualTo(6);
    }

    @Test
    void everythingHasAReasonAndAnAuthorInTheLog() {
        String board = three();
        disqualify(board, "bob", "");
        adjust(board, "ann", "2");
        api.put(admin(board) + "/rankings/daily/players/bob/disqualification", "{\"reason\":\" \"}")
                .expect(422);
        api.post(admin(board) + "/adjustments", "{\"playerId\":\"ann\",\"reason\":\"x\",\"author\":\"y\"}")
                .expect(422);

        JsonNode log = api.get(admin(board) + "/log").expect(200).json().path("items");
        assertThat(log.findValuesAsText("action")).containsExactly("ADJUST", "DISQUALIFY");
        assertThat(log.findValuesAsText("reason")).containsOnly("a second account");
        assertThat(log.findValuesAsText("author")).containsOnly("judge");
        assertThat(api.get(admin(board) + "/adjustments?player=ann")
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(api.get(admin(board) + "/adjustments?player=bob")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void aWindowWithoutEventsHasNobodyToDisqualify() {
        String board = putBoard(aBoard("corrected").daily());

        api.put(admin(board) + "/rankings/daily/players/bob/disqualification", WHY)
                .expect(404);
        api.post(admin(board) + "/adjustments/4711/undo", WHY).expect(404);
    }

    private String three() {
        String board = putBoard(aBoard("corrected").daily());
        submit(board, ScoreEvent.of("ann", "7"));
        submit(board, ScoreEvent.of("bob", "9"));
        submit(board, ScoreEvent.of("cyd", "5"));
        return board;
    }

    private List<String> players(String board) {
        return top(board).path("entries").findValuesAsText("playerId");
    }

    private JsonNode disqualify(String board, String player, String query) {
        return api.put(admin(board) + "/rankings/daily/players/" + player + "/disqualification" + query, WHY)
                .expect(200)
                .json();
    }

    private JsonNode reinstate(String board, String player, String query) {
        return api.post(admin(board) + "/rankings/daily/players/" + player + "/reinstatement" + query, WHY)
                .expect(200)
                .json();
    }

    private JsonNode adjust(String board, String player, String score) {
        return api.post(admin(board) + "/adjustments", body(player, score))
                .expect(200)
                .json();
    }

    private static String body(String player, String score) {
        return "{\"playerId\":\"%s\",\"score\":%s,\"reason\":\"a second account\",\"author\":\"judge\"}"
                .formatted(player, score);
    }

    private void undo(String board, JsonNode adjusted, int status) {
        api.post(admin(board) + "/adjustments/" + adjusted.path("adjustment").asLong() + "/undo", WHY)
                .expect(status);
    }

    private static String admin(String board) {
        return "/api/v1/admin/boards/" + board;
    }
}
