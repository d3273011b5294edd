package dev.laurel.testing;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;

/** The service goes by the clock that tests can move. */
@QuarkusTest
class TestClockComponentTest {

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Clock injected;

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void theServiceHasTheMovableClockAndNoOther() {
        assertThat(injected).isSameAs(clock);
    }

    @Test
    void theWindowOfTheDayIsTheOneTheClockStandsIn() {
        LaurelApi api = new LaurelApi(service);
        BoardSpec board = aBoard("clock").daily().zone("Asia/Kolkata").build();
        clock.stopAt(Instant.parse("2024-02-28T18:29:59.999Z"));
        api.putBoard(board).expect(201);

        assertThat(currentDay(api, board)).isEqualTo("2024-02-28");
        clock.stopAt(Instant.parse("2024-02-28T18:30:00Z"));
        assertThat(currentDay(api, board)).isEqualTo("2024-02-29");
    }

    private static String currentDay(LaurelApi api, BoardSpec board) {
        return api.top(board.id(), Period.DAILY, "")
                .expect(200)
                .json()
                .path("window")
                .path("id")
                .asText();
    }
}
