package dev.laurel.archive;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.RolloverScene;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ids that clients have chosen are forgotten after a while, those of what may happen once are not. */
@QuarkusTest
class ForgottenIdsComponentTest extends RolloverScene {
    @Inject
    Housekeeping housekeeping;

    @Inject
    ArchiveConfig config;

    @Test
    @DisplayName("trap 40: what may happen once counts once, also when event ids have been forgotten")
    void aRowTakenOverCountsOnceForGood() {
        String board = putBoard(aBoard("forgotten").allTime());
        assertThat(statusOf(event(board, 1))).isEqualTo("APPLIED");
        assertThat(takeOver(board)).isEqualTo("APPLIED");

        clock.stopAt(clock.instant().plus(config.eventKeyRetention()).plusSeconds(60));
        OnEventLoop.await(housekeeping::purge);

        assertThat(statusOf(event(board, 2)))
                .as("another event under an id that has been forgotten")
                .isEqualTo("APPLIED");
        assertThat(takeOver(board)).isEqualTo("DUPLICATE");
        assertThat(api.player(board, Period.ALL_TIME, "ann", "")
                        .expect(200)
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(903);
    }

    private JsonNode event(String board, int score) {
        return api.post(
                        "/api/v1/boards/" + board + "/scores",
                        "{\"playerId\":\"ann\",\"score\":" + score + ",\"eventId\":\"once\"}")
                .expect(200)
                .json();
    }

    private static String statusOf(JsonNode receipt) {
        return receipt.path("status").asText();
    }

    private String takeOver(String board) {
        return api.post(
                        "/api/v1/admin/boards/" + board + "/standings?reason=moving&author=ops",
                        "{\"standings\":[{\"playerId\":\"ann\",\"scores\":{\"all_time\":900}}]}")
                .expect(200)
                .json()
                .at("/results/0/status")
                .asText();
    }
}
