package dev.laurel;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Rollover;
import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.ClosedWindows;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.RankingPicture;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Windows end by the clock; closing them archives every final rank, once, however late it is done. */
@QuarkusTest
class RolloverComponentTest {
    private static final String DAY = "2024-05-14";
    private static final int PLAYERS = 30;

    @TestHTTPResource
    URI service;

    @Inject
    Rollover rollover;

    @Inject
    TestClock clock;

    @Inject
    ClosedWindows closed;

    private LaurelApi api;

    @BeforeEach
    void standInTheEvening() {
        api = new LaurelApi(service);
        stand("2024-05-14T20:00:00Z");
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

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

    @ParameterizedTest
    @DisplayName("trap 14: a closed window answers every rank exactly as it did while it was live")
    @CsvSource({"SUM, DESC, COMPETITION", "BEST, ASC, COMPETITION", "LATEST, DESC, ORDINAL", "SUM, ASC, ORDINAL"})
    void theArchiveAnswersAsTheLiveRankingDid(String operator, String order, String rankMode) {
        String board = filled(aBoard("rollover")
                .operator(operator)
                .order(order)
                .rankMode(rankMode)
                .daily());
        stand("2024-05-15T00:04:59Z");
        List<String> live = RankingPicture.of(api, board, Period.DAILY, DAY, "REDIS");

        stand("2024-05-15T00:05:00Z");
        closeDue();

        assertThat(RankingPicture.of(api, board, Period.DAILY, DAY, "ARCHIVE")).isEqualTo(live);
    }

    @Test
    void finalRanksOfAnOrdinalBoardAreStoredWithoutSharing() {
        String board = filled(aBoard("rollover").ordinal().daily());

        stand("2024-05-15T00:05:00Z");
        closeDue();

        assertThat(finalColumn("rank", board))
                .isEqualTo(LongStream.rangeClosed(1, PLAYERS).boxed().toList());
        assertThat(finalColumn("position", board)).isEqualTo(finalColumn("rank", board));
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

    @Test
    void theListOfWindowsShowsStatesAndWinners() {
        String board = putBoard(aBoard("rollover").daily().decimals(1));
        for (String score : List.of("0.5", "7", "7.1", "0")) {
            submit(board, ScoreEvent.of("p" + score, score));
        }
        stand("2024-05-15T00:05:00Z");
        submit(board, ScoreEvent.of("new", "1"));
        closeDue();

        JsonNode windows = api.windows(board, Period.DAILY).expect(200).json().path("items");

        assertThat(windows.findValuesAsText("id")).containsExactly("2024-05-15", DAY);
        assertThat(windows.findValuesAsText("state")).containsExactly("OPEN", "CLOSED");
        assertThat(windows.get(0).path("winners")).isEmpty();
        JsonNode last = windows.get(1);
        assertThat(last.path("players").asInt()).isEqualTo(4);
        assertThat(last.path("closedBy").asText()).isEqualTo("ROLLOVER");
        assertThat(Instant.parse(last.path("closedAt").asText())).isEqualTo("2024-05-15T00:05:00Z");
        assertThat(last.path("winners").findValuesAsText("playerId")).containsExactly("p7.1", "p7", "p0.5");
        assertThat(last.path("winners").findValuesAsText("score")).containsExactly("7.1", "7", "0.5");
        assertThat(last.path("winners").findValuesAsText("rank")).containsExactly("1", "2", "3");
    }

    @Test
    void aCursorTakenBeforeClosingGoesOnInTheArchive() {
        String board = filled(aBoard("rollover").daily());
        List<String> whole = ranked(board, DAY);
        JsonNode first = api.top(board, Period.DAILY, "limit=7").expect(200).json();
        stand("2024-05-15T00:05:00Z");
        closeDue();

        JsonNode rest = api.top(
                        board,
                        Period.DAILY,
                        "limit=1000&cursor=" + first.path("next").asText())
                .expect(200)
                .json();

        assertThat(first.path("source").asText()).isEqualTo("REDIS");
        assertThat(rest.path("source").asText()).isEqualTo("ARCHIVE");
        assertThat(rest.path("window").path("id").asText()).isEqualTo(DAY);
        assertThat(rest.path("entries").findValuesAsText("playerId")).isEqualTo(whole.subList(7, PLAYERS));
    }

    private void stand(String instant) {
        clock.stopAt(Instant.parse(instant));
    }

    private void closeDue() {
        OnEventLoop.await(rollover::closeDue);
    }

    private String putBoard(BoardBuilder builder) {
        BoardSpec board = builder.build();
        api.putBoard(board).expect(201);
        return board.id();
    }

    /** A board on which thirty players have five different scores, some reached at the same instant. */
    private String filled(BoardBuilder builder) {
        String board = putBoard(builder);
        for (int i = 0; i < PLAYERS; i++) {
            submit(
                    board,
                    ScoreEvent.of("p%02d".formatted(i * 7 % PLAYERS), Integer.toString(i % 5 - 1))
                            .at(Instant.parse("2024-05-14T19:58:00Z").plusMillis(i / 10)));
        }
        return board;
    }

    private JsonNode submit(String board, ScoreEvent event) {
        return api.submit(board, event).expect(200).json();
    }

    private JsonNode top(String board) {
        return api.top(board, Period.DAILY, "limit=1000").expect(200).json();
    }

    private List<String> ranked(String board, String window) {
        return api.top(board, Period.DAILY, "limit=1000&window=" + window)
                .expect(200)
                .json()
                .path("entries")
                .findValuesAsText("playerId");
    }

    private String state(String board, String window) {
        return api.top(board, Period.DAILY, "window=" + window)
                .expect(200)
                .json()
                .path("window")
                .path("state")
                .asText();
    }

    private static List<Object> finalColumn(String column, String board) {
        return StoredRows.column(
                "SELECT f." + column + " FROM final_standing f JOIN board b ON b.id = f.board_id"
                        + " WHERE b.name = ? ORDER BY f.position",
                board);
    }

    private static void assertStanding(JsonNode receipt, String window, int score) {
        JsonNode standing = receipt.path("standings").path("DAILY");
        assertThat(standing.path("window").asText()).as("window in %s", receipt).isEqualTo(window);
        assertThat(standing.path("score").asInt()).as("score in %s", receipt).isEqualTo(score);
    }
}
