package dev.laurel.ranking;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Period;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What scores are worth, who moved since the window before, and whole rankings as files; of live and closed windows. */
@QuarkusTest
class RankingStatisticsComponentTest extends RolloverScene {
    @Test
    void percentilesAreScoresAtTheNearestRank() {
        String board = ten();
        for (String window : new String[] {"", "&window=" + DAY}) {
            JsonNode found = daily(board, "/percentiles?at=0,10,50,90,99.99,100" + window);
            assertThat(found.path("entries").findValuesAsText("score")).containsExactly("1", "1", "5", "9", "10", "10");
            assertThat(found.path("entries").findValuesAsText("rank")).containsExactly("10", "10", "6", "2", "1", "1");
        }
        for (String at : new String[] {"", "?at=", "?at=101", "?at=-1", "?at=5.555", "?at=1,,2", "?at=abc"}) {
            api.get("/api/v1/boards/" + board + "/rankings/daily/percentiles" + at)
                    .expect(422);
        }
    }

    @Test
    void whatIfTellsTheRankOfWhoCameNow() {
        String board = ten();

        assertThat(daily(board, "/what-if?score=11").path("rank").asInt()).isEqualTo(1);
        JsonNode tied = daily(board, "/what-if?score=10");
        assertThat(tied.path("rank").asInt()).isEqualTo(1);
        // Nine are worse, and half of the two equals.
        assertThat(tied.path("percentile").asDouble()).isEqualTo(90.91);
        assertThat(daily(board, "/what-if?score=0").path("rank").asInt()).isEqualTo(11);
        api.get("/api/v1/boards/" + board + "/rankings/daily/what-if").expect(422);
        api.get("/api/v1/boards/" + board + "/rankings/daily/what-if?score=1.5").expect(422);
    }

    @Test
    void aRangeOfScoresHasItsPlacesInTheWhole() {
        String board = ten();

        JsonNode page = daily(board, "?minScore=3&maxScore=7&offset=1&limit=2");

        assertThat(page.path("matching").asInt()).isEqualTo(5);
        assertThat(page.path("total").asInt()).isEqualTo(10);
        assertThat(page.path("entries").findValuesAsText("score")).containsExactly("6", "5");
        assertThat(page.path("entries").findValuesAsText("rank")).containsExactly("5", "6");
        assertThat(daily(board, "?minScore=11").path("entries")).isEmpty();
        api.top(board, Period.DAILY, "minScore=7&maxScore=3").expect(422);
        api.top(board, Period.DAILY, "minScore=1&cursor=abc").expect(422);
    }

    @Test
    void entriesTellHowFarTheyMovedSinceTheWindowBefore() {
        String board = ten();
        stand("2024-05-15T00:01:00Z");
        submit(board, ScoreEvent.of("p01", "9"));
        submit(board, ScoreEvent.of("p10", "5"));
        submit(board, ScoreEvent.of("new", "1"));

        assertMoved(board);
        stand("2024-05-15T00:05:00Z");
        closeDue();
        assertMoved(board);
    }

    private void assertMoved(String board) {
        JsonNode entries = daily(board, "").path("entries");
        assertThat(entries.findValuesAsText("playerId")).containsExactly("p01", "p10", "new");
        assertThat(entries.get(0).path("change").asInt()).isEqualTo(9);
        assertThat(entries.get(1).path("change").asInt()).isEqualTo(-1);
        assertThat(entries.get(2).has("change"))
                .as("a change without a rank before")
                .isFalse();
        assertThat(daily(board, "/players/p01").path("change").asInt()).isEqualTo(9);
    }

    @Test
    void historyHasTheFinalRankOfEachClosedWindow() {
        String board = ten();
        stand("2024-05-15T12:00:00Z");
        submit(board, ScoreEvent.of("p03", "1"));
        stand("2024-05-16T00:05:00Z");
        closeDue();

        JsonNode history = api.get("/api/v1/players/p03/history?board=" + board + "&period=daily")
                .expect(200)
                .json();

        assertThat(history.path("items").findValuesAsText("window")).containsExactly("2024-05-15", DAY);
        assertThat(history.path("items").findValuesAsText("rank")).containsExactly("1", "8");
        assertThat(history.path("items").findValuesAsText("total")).containsExactly("1", "10");
        assertThat(history.path("items").get(1).path("percentile").asDouble()).isEqualTo(25.0);
        api.get("/api/v1/players/p03/history?board=" + board).expect(422);
        assertThat(api.get("/api/v1/players/nobody/history?period=daily&board=" + board)
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void closingsAreNumberedForOthersToFollow() {
        String board = ten();
        stand("2024-05-15T12:00:00Z");
        submit(board, ScoreEvent.of("p03", "1"));
        stand("2024-05-16T12:00:00Z");
        closeDue();
        submit(board, ScoreEvent.of("p04", "2"));
        stand("2024-05-17T12:00:00Z");
        closeDue();

        JsonNode first = closed(board, "?limit=2");
        JsonNode rest = closed(board, "?after=" + first.path("next").asText());

        assertThat(first.path("items").findValuesAsText("number")).containsExactly("1", "2");
        assertThat(first.path("items").findValuesAsText("id")).containsExactly(DAY, "2024-05-15");
        assertThat(first.path("items")
                        .get(0)
                        .path("window")
                        .path("winners")
                        .get(0)
                        .path("playerId")
                        .asText())
                .isEqualTo("p10");
        assertThat(rest.path("items").findValuesAsText("number")).containsExactly("3");
        assertThat(closed(board, "?after=3").path("items")).isEmpty();
        assertThat(closed(board, "?after=3").path("next").asInt()).isEqualTo(3);
        api.get("/api/v1/boards/" + board + "/windows/closed?after=-1").expect(422);
    }

    private JsonNode closed(String board, String query) {
        return api.get("/api/v1/boards/" + board + "/windows/closed" + query)
                .expect(200)
                .json();
    }

    @Test
    void anExportHasEveryPlayerInOrder() {
        String board = ten();

        String csv = api.get("/api/v1/boards/" + board + "/rankings/daily/export")
                .expect(200)
                .text();
        String lines = api.get("/api/v1/boards/" + board + "/rankings/daily/export?format=ndjson")
                .expect(200)
                .text();

        assertThat(csv.lines()).hasSize(11).startsWith("rank,playerId,score,achievedAt");
        assertThat(csv.lines().skip(1)).allSatisfy(line -> assertThat(line).matches("\\d+,p\\d\\d,\\d+,2024.*Z"));
        assertThat(lines.lines()).hasSize(10);
        api.get("/api/v1/boards/" + board + "/rankings/daily/export?format=pdf").expect(422);
        api.get("/api/v1/boards/none-such/rankings/daily/export").expect(404);
    }

    /** Ten players with the scores 1 to 10, in the window that is asked for without and with its name. */
    private String ten() {
        String board = putBoard(aBoard("statistics").daily());
        for (int i = 1; i <= 10; i++) {
            submit(board, ScoreEvent.of("p%02d".formatted(i), Integer.toString(i)));
        }
        return board;
    }

    private JsonNode daily(String board, String rest) {
        return api.get("/api/v1/boards/" + board + "/rankings/daily" + rest)
                .expect(200)
                .json();
    }
}
