package dev.laurel.correction;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.HeldBoard;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/** Adjustments of which it is not known whether they were applied: they can be taken back, and sent again. */
@QuarkusTest
class AdjustmentRetriesComponentTest extends RolloverScene {
    private static final String WHY = "{\"reason\":\"a second account\",\"author\":\"judge\"}";
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void theSameAdjustmentUnderItsKeyIsAppliedOnce() {
        String board = board("SUM");

        JsonNode first = adjust(board, "-8", "once").expect(200).json();
        submit(board, ScoreEvent.of("ann", "1"));
        JsonNode again = adjust(board, "-8", "once").expect(200).json();

        assertThat(again.path("adjustment")).isEqualTo(first.path("adjustment"));
        assertThat(again.at("/receipt/status").asText()).isEqualTo("DUPLICATE");
        assertThat(again.at("/receipt/standings")).isEqualTo(first.at("/receipt/standings"));
        assertThat(score(board)).isEqualTo(900 - 8 + 1);
        assertThat(adjustments(board)).hasSize(1);
        assertThat(log(board)).containsExactly("ADJUST");
    }

    @Test
    void aKeyBelongsToOneAdjustmentOfOneBoard() {
        String board = board("SUM");
        adjust(board, "-8", "taken").expect(200);

        assertProblem(adjust(board, "-9", "taken"), 409);
        assertProblem(post(board, "ann", "-8", ",\"periods\":[\"daily\"]", "taken"), 409);
        assertProblem(post(board, "bob", "-8", "", "taken"), 409);
        assertProblem(adjust(board, "-8", "not a key"), 422, "Idempotency-Key");
        adjust(board("SUM"), "-9", "taken").expect(200);

        assertThat(score(board)).isEqualTo(892);
    }

    @Test
    void withoutAKeyEachIsAnAdjustmentOfItsOwn() {
        String board = board("SUM");

        adjust(board, "-8", null).expect(200);
        adjust(board, "-8", null).expect(200);

        assertThat(score(board)).isEqualTo(884);
        assertThat(adjustments(board)).hasSize(2);
    }

    @Test
    void manyAtTheSameTimeUnderOneKeyAreAppliedOnce() {
        String board = board("SUM");

        List<ForkJoinTask<Reply>> all = IntStream.range(0, 6)
                .mapToObj(i -> ForkJoinPool.commonPool().submit(() -> adjust(board, "-8", "at-once")))
                .toList();

        assertThat(all)
                .extracting(
                        one -> one.join().expect(200).json().path("adjustment").asLong())
                .containsOnly(adjustments(board).get(0).path("id").asLong());
        assertThat(score(board)).isEqualTo(892);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUM", "BEST", "LATEST"})
    void whatWasAppliedBehindA503IsKnownToBeAndIsNotAppliedAgain(String operator) {
        String board = board(operator);

        HeldBoard.hold(board, held -> {
            assertProblem(adjust(board, "40", "late"), 503);
            assertThat(adjustments(board).get(0).has("appliedAt")).isFalse();
        });
        await().atMost(SOON).until(() -> adjustments(board).get(0).has("appliedAt"));

        JsonNode again = adjust(board, "40", "late").expect(200).json();
        assertThat(again.at("/receipt/status").asText()).isEqualTo("DUPLICATE");
        assertThat(score(board)).isEqualTo(operator.equals("SUM") ? 940 : 40);
        undo(board, again).expect(200);
        assertThat(score(board)).isEqualTo(900);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUM", "BEST", "LATEST"})
    void whatWasNotAppliedBehindA503IsAppliedByTheSameKey(String operator) {
        String board = board(operator);

        refusedAdjustment(board);
        JsonNode unknown = adjustments(board).get(0);
        assertThat(unknown.has("appliedAt")).isFalse();
        assertProblem(
                api.post(admin(board) + "/adjustments/" + unknown.path("id").asLong() + "/undo", WHY), 409);
        submit(board, ScoreEvent.of("ann", "950"));
        int before = score(board);
        JsonNode again = adjust(board, "40", "refused").expect(200).json();

        assertThat(again.path("adjustment")).isEqualTo(unknown.path("id"));
        assertThat(again.at("/receipt/status").asText()).isEqualTo("APPLIED");
        assertThat(score(board)).isEqualTo(operator.equals("SUM") ? before + 40 : 40);
        undo(board, again).expect(200);
        assertThat(score(board))
                .as("what was submitted between the two attempts stays")
                .isEqualTo(before);
    }

    @Test
    void whatWasNotAppliedBeforeItsWindowWasClosedStaysSo() {
        String board = board("SUM");
        refusedAdjustment(board);
        stand("2024-05-15T00:05:00Z");
        closeDue();

        assertProblem(adjust(board, "40", "refused"), 409);

        assertThat(finalColumn("score", board)).containsExactly(900L);
    }

    @Test
    void anAdjustmentWhoseWindowsAreClosedIsAnsweredAsTheFirstTime() {
        String board = board("SUM");
        JsonNode first = adjust(board, "-8", "closed").expect(200).json();
        stand("2024-05-15T00:05:00Z");
        closeDue();

        JsonNode again = adjust(board, "-8", "closed").expect(200).json();

        assertThat(again.path("adjustment")).isEqualTo(first.path("adjustment"));
        assertThat(again.at("/receipt/standings")).isEqualTo(first.at("/receipt/standings"));
        assertThat(finalColumn("score", board)).containsExactly(892L);
    }

    @Test
    void anAdjustmentCanBeTakenBackThoughNobodyWasToldThatItWasApplied() {
        String board = board("BEST");
        JsonNode adjusted = adjust(board, "40", null).expect(200).json();
        StoredRows.change(
                "UPDATE adjustment SET applied_at = NULL WHERE id = ?",
                adjusted.path("adjustment").asLong());

        undo(board, adjusted).expect(200);

        assertThat(score(board)).isEqualTo(900);
        assertThat(adjustments(board).get(0).has("appliedAt")).isTrue();
    }

    private void refusedAdjustment(String board) {
        HeldBoard.hold(board, held -> {
            ForkJoinTask<Reply> first = ForkJoinPool.commonPool().submit(() -> adjust(board, "40", "refused"));
            held.refuseTheNextBatch();
            assertProblem(first.join(), 503);
        });
    }

    private String board(String operator) {
        String board = putBoard(aBoard("retried").operator(operator).daily());
        submit(board, ScoreEvent.of("ann", "900"));
        return board;
    }

    private Reply adjust(String board, String score, String key) {
        return post(board, "ann", score, "", key);
    }

    private Reply post(String board, String player, String score, String more, String key) {
        String body = "{\"playerId\":\"%s\",\"score\":%s,\"reason\":\"a second account\",\"author\":\"judge\"%s}"
                .formatted(player, score, more);
        String[] headers = key == null ? new String[0] : new String[] {"Idempotency-Key", key};
        return api.post(admin(board) + "/adjustments", body, headers);
    }

    private Reply undo(String board, JsonNode adjusted) {
        return api.post(
                admin(board) + "/adjustments/" + adjusted.path("adjustment").asLong() + "/undo", WHY);
    }

    private JsonNode adjustments(String board) {
        return api.get(admin(board) + "/adjustments").expect(200).json().path("items");
    }

    private List<String> log(String board) {
        return api.get(admin(board) + "/log").expect(200).json().path("items").findValuesAsText("action");
    }

    private int score(String board) {
        return api.player(board, Period.DAILY, "ann", "")
                .expect(200)
                .json()
                .path("score")
                .asInt();
    }

    private static String admin(String board) {
        return "/api/v1/admin/boards/" + board;
    }
}
