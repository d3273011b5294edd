package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Rollover;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An evening in May that a test can step over, and boards to be closed after it. */
public abstract class RolloverScene {
    protected static final String DAY = "2024-05-14";
    protected static final int PLAYERS = 30;

    @TestHTTPResource
    protected URI service;

    @Inject
    protected Rollover rollover;

    @Inject
    protected TestClock clock;

    @Inject
    protected ClosedWindows closed;

    protected LaurelApi api;

    @BeforeEach
    protected void standInTheEvening() {
        api = new LaurelApi(service);
        stand("2024-05-14T20:00:00Z");
    }

    @AfterEach
    protected void putTheClockBack() {
        clock.reset();
    }

    protected void stand(String instant) {
        clock.stopAt(Instant.parse(instant));
    }

    protected void closeDue() {
        OnEventLoop.await(rollover::closeDue);
    }

    /** Where hundreds of windows of many players are due. */
    protected void closeDue(Duration patience) {
        OnEventLoop.await(patience, rollover::closeDue);
    }

    protected String putBoard(BoardBuilder builder) {
        BoardSpec board = builder.build();
        api.putBoard(board).expect(201);
        return board.id();
    }

    /** A board on which thirty players have five different scores, some reached at the same instant. */
    protected String filled(BoardBuilder builder) {
        String board = putBoard(builder);
        for (int i = 0; i < PLAYERS; i++) {
            submit(
                    board,
                    ScoreEvent.of("p%02d".formatted(i * 7 % PLAYERS), Integer.toString(i % 5 - 1))
                            .at(Instant.parse("2024-05-14T19:58:00Z").plusMillis(i / 10)));
        }
        return board;
    }

    protected JsonNode submit(String board, ScoreEvent event) {
        return api.submit(board, event).expect(200).json();
    }

    protected JsonNode top(String board) {
        return api.top(board, Period.DAILY, "limit=1000").expect(200).json();
    }

    protected List<String> ranked(String board, String window) {
        return api.top(board, Period.DAILY, "limit=1000&window=" + window)
                .expect(200)
                .json()
                .path("entries")
                .findValuesAsText("playerId");
    }

    protected String state(String board, String window) {
        return api.top(board, Period.DAILY, "window=" + window)
                .expect(200)
                .json()
                .path("window")
                .path("state")
                .asText();
    }

    protected static List<Object> finalColumn(String column, String board) {
        return StoredRows.column(
                "SELECT f." + column + " FROM final_standing f JOIN board b ON b.id = f.board_id"
                        + " WHERE b.name = ? ORDER BY f.position",
                board);
    }

    protected static void assertStanding(JsonNode receipt, String window, int score) {
        JsonNode standing = receipt.path("standings").path("DAILY");
        assertThat(standing.path("window").asText()).as("window in %s", receipt).isEqualTo(window);
        assertThat(standing.path("score").asInt()).as("score in %s", receipt).isEqualTo(score);
    }
}
