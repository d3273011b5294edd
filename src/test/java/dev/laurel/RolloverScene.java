package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Rollover;
import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.ClosedWindows;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An evening in May that a test can step over, and boards to be closed after it. */
abstract class RolloverScene {
    static final String DAY = "2024-05-14";
    static final int PLAYERS = 30;

    @TestHTTPResource
    URI service;

    @Inject
    Rollover rollover;

    @Inject
    TestClock clock;

    @Inject
    ClosedWindows closed;

    LaurelApi api;

    @BeforeEach
    void standInTheEvening() {
        api = new LaurelApi(service);
        stand("2024-05-14T20:00:00Z");
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    void stand(String instant) {
        clock.stopAt(Instant.parse(instant));
    }

    void closeDue() {
        OnEventLoop.await(rollover::closeDue);
    }

    /** Where hundreds of windows of many players are due. */
    void closeDue(Duration patience) {
        OnEventLoop.await(patience, rollover::closeDue);
    }

    String putBoard(BoardBuilder builder) {
        BoardSpec board = builder.build();
        api.putBoard(board).expect(201);
        return board.id();
    }

    /** A board on which thirty players have five different scores, some reached at the same instant. */
    String filled(BoardBuilder builder) {
        String board = putBoard(builder);
        for (int i = 0; i < PLAYERS; i++) {
            submit(
                    board,
                    ScoreEvent.of("p%02d".formatted(i * 7 % PLAYERS), Integer.toString(i % 5 - 1))
                            .at(Instant.parse("2024-05-14T19:58:00Z").plusMillis(i / 10)));
        }
        return board;
    }

    JsonNode submit(String board, ScoreEvent event) {
        return api.submit(board, event).expect(200).json();
    }

    JsonNode top(String board) {
        return api.top(board, Period.DAILY, "limit=1000").expect(200).json();
    }

    List<String> ranked(String board, String window) {
        return api.top(board, Period.DAILY, "limit=1000&window=" + window)
                .expect(200)
                .json()
                .path("entries")
                .findValuesAsText("playerId");
    }

    String state(String board, String window) {
        return api.top(board, Period.DAILY, "window=" + window)
                .expect(200)
                .json()
                .path("window")
                .path("state")
                .asText();
    }

    static List<Object> finalColumn(String column, String board) {
        return StoredRows.column(
                "SELECT f." + column + " FROM final_standing f JOIN board b ON b.id = f.board_id"
                        + " WHERE b.name = ? ORDER BY f.position",
                board);
    }

    static void assertStanding(JsonNode receipt, String window, int score) {
        JsonNode standing = receipt.path("standings").path("DAILY");
        assertThat(standing.path("window").asText()).as("window in %s", receipt).isEqualTo(window);
        assertThat(standing.path("score").asInt()).as("score in %s", receipt).isEqualTo(score);
    }
}
