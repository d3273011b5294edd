package dev.laurel.archive;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

/** Windows end by the clock, and are closed once, however late and by however many. */
@QuarkusTest
class RolloverComponentTest extends RolloverScene {
    @Test
    void aWindowIsClosedWhenItsEndAndTheLatenessHavePassed() {
        String board = filled(aBoard("rollover").daily());

        stand("2024-05-15T00:04:59.999Z");
        closeDue();
        assertThat(state(board, DAY)).isEqualTo("OPEN");
        assertThat(closed.of(board)).isEmpty();

        stand("2024-05-15T00:05:00Z");
        closeDue();
        assertThat(state(board, DAY)).isEqualTo("CLOSED");
        assertThat(closed.namesOf(board)).containsExactly(DAY);
    }

    @Test
    @DisplayName("trap 10: the first event after midnight is in the new window, without any job")
    void theFirstEventAfterMidnightBelongsToTheNextDay() {
        String board = putBoard(aBoard("rollover").daily());
        stand("2024-05-14T23:59:59.999Z");
        assertStanding(submit(board, ScoreEvent.of("ann", "3")), DAY, 3);
        submit(board, ScoreEvent.of("bob", "9"));

        stand("2024-05-15T00:00:00Z");
        JsonNode empty = top(board);
        JsonNode first = submit(board, ScoreEvent.of("ann", "5"));

        assertThat(empty.path("window").path("id").asText()).isEqualTo("2024-05-15");
        assertThat(empty.path("entries")).isEmpty();
        assertStanding(first, "2024-05-15", 5);
        assertThat(first.path("standings").path("DAILY").path("rank").asInt()).isEqualTo(1);
        assertThat(top(board).path("entries").findValuesAsText("playerId")).containsExactly("ann");
        assertThat(ranked(board, DAY)).containsExactly("bob", "ann");
    }

    @Test
    void aLateEventCountsInTheWindowItBelongsToUntilThatIsClosed() {
        String board = putBoard(aBoard("rollover").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "4"));
        stand("2024-05-15T00:04:59.999Z");
        submit(board, ScoreEvent.of("ann", "1"));

        JsonNode late = submit(board, ScoreEvent.of("ann", "2").at("2024-05-14T23:59:59.999Z"));

        assertStanding(late, DAY, 5);
        assertThat(ranked(board, DAY)).containsExactly("ann", "bob");
        assertThat(top(board).path("entries").findValuesAsText("score")).containsExactly("1");

        stand("2024-05-15T00:05:00Z");
        closeDue();
        assertProblem(api.submit(board, ScoreEvent.of("ann", "2").at("2024-05-14T23:59:59.999Z")), 422, "occurredAt");
        assertThat(finalColumn("score", board)).containsExactly(5L, 4L);
    }

    @Test
    void aClosedWindowTakesNoEventsEvenIfTheBoardBecomesMorePatient() {
        BoardBuilder builder = aBoard("rollover").daily();
        String board = putBoard(builder);
        submit(board, ScoreEvent.of("ann", "3"));
        stand("2024-05-15T00:05:00Z");
        closeDue();
        api.putBoard(builder.lateDays(7).build()).expect(200);

        Reply late = api.submit(board, ScoreEvent.of("ann", "2").at("2024-05-14T20:00:00Z"));

        assertProblem(late, 422, "occurredAt");
        assertThat(finalColumn("score", board)).containsExactly(3L);
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM score_event e JOIN board b ON b.id = e.board_id WHERE b.name = ?", board))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("trap 13: many who close at the same time close once")
    void aWindowIsClosedOnceHoweverManyTry() {
        String board = filled(aBoard("rollover").daily());
        stand("2024-05-15T00:05:00Z");

        OnEventLoop.awaitAll(8, rollover::closeDue);
        closeDue();

        assertThat(closed.namesOf(board)).containsExactly(DAY);
        assertThat(finalColumn("position", board))
                .isEqualTo(LongStream.rangeClosed(1, PLAYERS).boxed().toList());
        assertThat(finalColumn("player_id", board)).doesNotHaveDuplicates().hasSize(PLAYERS);
        assertThat(StoredRows.column(
                        "SELECT w.players FROM board_window w JOIN board b ON b.id = w.board_id WHERE b.name = ?",
                        board))
                .containsExactly((long) PLAYERS);
    }

    @Test
    @DisplayName("trap 12: after a downtime over several boundaries all windows are closed, the oldest first")
    void everyWindowMissedInADowntimeIsClosedTheOldestFirst() {
        String board = putBoard(aBoard("rollover").daily().lateDays(3));
        stand("2024-05-16T20:00:00Z");
        for (String day : List.of("2024-05-16", DAY, "2024-05-15")) {
            submit(board, ScoreEvent.of("ann", "1").at(day + "T12:00:00Z"));
            submit(board, ScoreEvent.of("bob", "2").at(day + "T12:00:00Z"));
        }

        stand("2024-05-20T00:00:00Z");
        OnEventLoop.awaitAll(3, rollover::closeDue);

        assertThat(closed.namesOf(board)).containsExactly(DAY, "2024-05-15", "2024-05-16");
        for (String day : closed.namesOf(board)) {
            assertThat(state(board, day)).isEqualTo("CLOSED");
            assertThat(ranked(board, day)).containsExactly("bob", "ann");
        }
    }
}
