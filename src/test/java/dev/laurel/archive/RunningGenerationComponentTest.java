package dev.laurel.archive;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A correction is carried out in the generation that is running, although another process has just reset the window. */
@QuarkusTest
class RunningGenerationComponentTest extends RolloverScene {
    private static final String WHY = "{\"reason\":\"a second account\",\"author\":\"judge\"}";

    private String board;

    @BeforeEach
    void aBoardWithOnePlayer() {
        board = putBoard(aBoard("running").daily());
        submit(board, ScoreEvent.of("ann", "7"));
    }

    @Test
    void aResetClosesTheGenerationThatIsRunningAndIsKnownByItsKeyAsThat() {
        resetElsewhere();
        scoreElsewhere();

        JsonNode first = reset("k1").expect(200).json();
        JsonNode again = reset("k1").expect(200).json();

        assertThat(first.path("archived").asInt()).isEqualTo(1);
        assertThat(again).isEqualTo(first);
        assertThat(top(board).path("total").asInt()).isZero();
        assertThat(ranked(board, DAY + "%232")).containsExactly("ann");
    }

    @Test
    void aDisqualificationIsForTheGenerationThatIsRunning() {
        resetElsewhere();
        scoreElsewhere();

        JsonNode decided = api.put(admin("/rankings/daily/players/ann/disqualification"), WHY)
                .expect(200)
                .json();

        assertThat(decided.path("changed").asBoolean()).isTrue();
        assertThat(top(board).path("total").asInt()).isZero();
        assertThat(disqualified("")).isEqualTo(1);
        assertThat(disqualified("?window=" + DAY + "%231")).isZero();
    }

    @Test
    void theListOfTheDisqualifiedIsThatOfTheGenerationThatIsRunning() {
        api.put(admin("/rankings/daily/players/ann/disqualification"), WHY).expect(200);

        resetElsewhere();

        assertThat(disqualified("")).isZero();
    }

    @Test
    void whileAnotherProcessFillsTheWindowNothingIsCorrectedOrKeptUnderTheKey() throws SQLException {
        try (Connection connection = EmbeddedStores.current().connect();
                Statement statement = connection.createStatement()) {
            // In one message, so that the job of this process does not come between and fills the window itself.
            statement.execute("BEGIN; INSERT INTO window_fill (board_id, period, window_key, up_to, state, begun_at)"
                    + " SELECT w.board_id, w.period, w.window_key, 0, 'MERGE', now()" + ofDay()
                    + "; COMMIT; BEGIN; SELECT FROM window_fill FOR UPDATE");
            assertProblem(reset("k1"), 503);
            assertProblem(api.put(admin("/rankings/daily/players/ann/disqualification"), WHY), 503);
            statement.execute("DELETE FROM window_fill; COMMIT");
        }

        assertThat(reset("k1").expect(200).json().path("archived").asInt()).isEqualTo(1);
    }

    /** As a process does of which this one has not heard yet. */
    private void resetElsewhere() {
        StoredRows.column("SELECT begin_reset(w.board_id, w.period, w.window_key, now())" + ofDay());
    }

    private void scoreElsewhere() {
        StoredRows.change(
                "UPDATE standing SET d_window = d_window + 1, version = version + 1"
                        + " WHERE board_id = (SELECT id FROM board WHERE name = ?)",
                board);
    }

    private String ofDay() {
        return " FROM board_window w JOIN board b ON b.id = w.board_id WHERE w.period = 1 AND b.name = '" + board + "'";
    }

    private Reply reset(String key) {
        return api.post(admin("/windows/daily/reset"), WHY, "Idempotency-Key", key);
    }

    private int disqualified(String query) {
        return api.get(admin("/rankings/daily/disqualifications" + query))
                .expect(200)
                .json()
                .path("items")
                .size();
    }

    private String admin(String rest) {
        return "/api/v1/admin/boards/" + board + rest;
    }
}
