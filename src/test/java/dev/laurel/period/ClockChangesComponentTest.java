package dev.laurel.period;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

/** Days in which clocks are changed, lived through by a service that never stops. */
@QuarkusTest
class ClockChangesComponentTest extends RolloverScene {
    private static final Duration LATENESS = Duration.ofMinutes(5);
    private static final Duration STEP = Duration.ofMinutes(30);

    @ParameterizedTest
    @DisplayName("trap 11: events count in the day of their zone, and the day is closed once, when it ends there")
    @CsvSource({
        // zone, day, its first instant, the first instant after it, the day behind it
        "UTC, 2024-05-14, 2024-05-14T00:00:00Z, 2024-05-15T00:00:00Z, 2024-05-15",
        "Europe/Berlin, 2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 2026-03-30",
        "Europe/Berlin, 2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 2026-10-26",
        "America/New_York, 2026-11-01, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z, 2026-11-02",
        "Asia/Kolkata, 2026-11-20, 2026-11-19T18:30:00Z, 2026-11-20T18:30:00Z, 2026-11-21",
        "Australia/Lord_Howe, 2026-04-05, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z, 2026-04-06",
        "America/Sao_Paulo, 2018-11-04, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z, 2018-11-05",
        "America/Sao_Paulo, 2019-02-16, 2019-02-16T02:00:00Z, 2019-02-17T03:00:00Z, 2019-02-17",
        "Pacific/Apia, 2011-12-29, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z, 2011-12-31",
    })
    void aDayIsClosedOnceWhenItEndsInItsZone(String zone, String day, Instant start, Instant end, String next) {
        clock.stopAt(start);
        String board = putBoard(aBoard("clocks").zone(zone).daily());
        int events = 0;
        for (Instant now = start; now.isBefore(end); now = now.plus(STEP)) {
            clock.stopAt(now);
            events++;
            assertStanding(submit(board, ScoreEvent.of("ann", "1")), day, events);
            closeDue();
        }

        clock.stopAt(end);
        assertStanding(submit(board, ScoreEvent.of("ann", "1")), next, 1);
        clock.stopAt(end.plus(LATENESS).minusMillis(1));
        closeDue();
        assertThat(closed.namesOf(board)).isEmpty();
        for (int turn = 0; turn < 6; turn++) {
            clock.stopAt(end.plus(LATENESS).plus(STEP.multipliedBy(turn)));
            closeDue();
        }

        assertThat(closed.namesOf(board)).containsExactly(day);
        assertThat(finalColumn("score", board)).containsExactly((long) events);
    }
}
