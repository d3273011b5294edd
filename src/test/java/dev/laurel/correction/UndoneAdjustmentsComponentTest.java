package dev.laurel.correction;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Where the best counts: a player who was adjusted, and is not any more, stands as another who never was. */
@QuarkusTest
class UndoneAdjustmentsComponentTest extends RolloverScene {
    private static final String WHY = "\"reason\":\"a second account\",\"author\":\"judge\"}";
    private static final String ADJUSTED = "adjusted";
    private static final String UNTOUCHED = "untouched";

    @ParameterizedTest
    @CsvSource({
        // order, submissions before and after it as score@second
        "DESC, 50@40, 50@20",
        "DESC, 50@20, 50@40",
        "DESC, 50@40, 60@30 60@20 60@25",
        "DESC, 50@40, 60@20 60@30 50@10",
        "DESC, 50@40, 40@10",
        "ASC, 50@40, 50@20 50@10 50@30",
        "ASC, 50@40, 30@20 30@10 60@5",
    })
    void equalScoresKeepTheEarlierInstantAndTheMetricsHeld(String order, String before, String after) {
        String board = putBoard(aBoard("undone")
                .best()
                .order(order)
                .metrics(List.of("score", "kills"))
                .daily());
        submitBoth(board, before, 1);
        long adjustment = adjust(board, order.equals("DESC") ? 10 : 90);

        submitBoth(board, after, 5);
        undo(board, adjustment);

        assertThat(entry(board, "score", ADJUSTED)).isEqualTo(entry(board, "score", UNTOUCHED));
        assertThat(entry(board, "kills", ADJUSTED)).isEqualTo(entry(board, "kills", UNTOUCHED));
    }

    @Test
    void ofEqualScoresTheEarlierSubmissionIsKeptAsAWhole() {
        String board = putBoard(
                aBoard("undone").best().metrics(List.of("score", "kills")).daily());
        submit(board, event(ADJUSTED, "50@40", 1));
        long adjustment = adjust(board, 10);
        submit(board, event(ADJUSTED, "50@20", 2));

        undo(board, adjustment);

        assertThat(entry(board, "score", ADJUSTED)).containsExactly("50", "2024-05-14T19:59:20Z");
        assertThat(entry(board, "kills", ADJUSTED)).containsExactly("2", "2024-05-14T19:59:20Z");
    }

    @Test
    void eachWindowGetsWhatBelongsToIt() {
        String board = putBoard(aBoard("undone").best().lateDays(3).keeping(EnumSet.of(Period.DAILY, Period.ALL_TIME)));
        submitBoth(board, "50@40", 0);
        long adjustment = adjust(board, 10);

        for (String player : List.of(ADJUSTED, UNTOUCHED)) {
            submit(board, ScoreEvent.of(player, "70").at("2024-05-13T12:00:00Z"));
            submit(board, ScoreEvent.of(player, "60").at("2024-05-14T12:00:00Z"));
        }
        undo(board, adjustment);

        for (Period period : List.of(Period.DAILY, Period.ALL_TIME)) {
            assertThat(entry(board, period, "score", ADJUSTED)).isEqualTo(entry(board, period, "score", UNTOUCHED));
        }
        assertThat(entry(board, Period.DAILY, "score", ADJUSTED)).containsExactly("60", "2024-05-14T12:00:00Z");
        assertThat(entry(board, Period.ALL_TIME, "score", ADJUSTED)).containsExactly("70", "2024-05-13T12:00:00Z");
    }

    @Test
    void anUndoThatWouldLeaveTheRangeOfScoresChangesNothing() {
        String board = putBoard(aBoard("undone").keeping(EnumSet.of(Period.DAILY, Period.ALL_TIME)));
        submit(board, ScoreEvent.of(ADJUSTED, "9007199254740991"));
        long first = adjust(board, -100);
        submit(board, ScoreEvent.of(ADJUSTED, "100"));

        Reply refused = api.post("/api/v1/admin/boards/" + board + "/adjustments/" + first + "/undo", "{" + WHY);

        assertProblem(refused, 409);
        for (Period period : List.of(Period.DAILY, Period.ALL_TIME)) {
            assertThat(entry(board, period, "score", ADJUSTED).get(0)).isEqualTo("9007199254740991");
        }
        submit(board, ScoreEvent.of(ADJUSTED, "-100"));
        undo(board, first);
        assertThat(entry(board, Period.ALL_TIME, "score", ADJUSTED).get(0)).isEqualTo("9007199254740991");
    }

    @Test
    void whatWasRefusedOrTakenBackLeavesNoWindow() {
        String board = putBoard(aBoard("undone").daily());
        undo(board, adjust(board, 5));
        assertNothingHasEverBeen(board);

        String beyond = "{\"playerId\":\"" + ADJUSTED + "\",\"score\":9007199254740992," + WHY;
        assertThat(api.post(adjustments(board), beyond).status()).isEqualTo(422);
        assertNothingHasEverBeen(board);

        api.patch("/api/v1/boards/" + board, "{\"operator\":\"BEST\"}").expect(200);
        assertProblem(api.post(adjustments(board), "{\"playerId\":\"" + ADJUSTED + "\",\"score\":5," + WHY), 409);
        assertNothingHasEverBeen(board);

        submit(board, ScoreEvent.of(UNTOUCHED, "3"));
        assertThat(entry(board, "score", UNTOUCHED).get(0)).isEqualTo("3");
    }

    private void assertNothingHasEverBeen(String board) {
        assertThat(api.get("/api/v1/boards/" + board + "/windows?period=daily")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    private static String adjustments(String board) {
        return "/api/v1/admin/boards/" + board + "/adjustments";
    }

    private void submitBoth(String board, String submissions, int kills) {
        int number = kills;
        for (String submission : submissions.split(" ")) {
            submit(board, event(ADJUSTED, submission, number));
            submit(board, event(UNTOUCHED, submission, number));
            number++;
        }
    }

    private static ScoreEvent event(String player, String submission, int kills) {
        String[] parts = submission.split("@");
        Map<String, BigDecimal> metrics = kills == 0 ? Map.of() : Map.of("kills", BigDecimal.valueOf(kills));
        return new ScoreEvent(player, new BigDecimal(parts[0]), null, null, metrics)
                .at("2024-05-14T19:59:%02dZ".formatted(Integer.parseInt(parts[1])));
    }

    private long adjust(String board, int score) {
        boolean further = api.board(board).json().path("metrics").size() > 1;
        String body = "{\"playerId\":\"" + ADJUSTED + "\",\"score\":" + score
                + (further ? ",\"metrics\":{\"kills\":99}," : ",") + WHY;
        return api.post("/api/v1/admin/boards/" + board + "/adjustments", body)
                .expect(200)
                .json()
                .path("adjustment")
                .asLong();
    }

    private void undo(String board, long adjustment) {
        api.post("/api/v1/admin/boards/" + board + "/adjustments/" + adjustment + "/undo", "{" + WHY)
                .expect(200);
    }

    private List<String> entry(String board, String metric, String player) {
        return entry(board, Period.DAILY, metric, player);
    }

    private List<String> entry(String board, Period period, String metric, String player) {
        JsonNode own = api.player(board, period, player, "metric=" + metric)
                .expect(200)
                .json();
        return List.of(own.path("score").asText(), own.path("achievedAt").asText());
    }
}
