package dev.laurel.correction;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Period;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** An adjustment is undone in periods, too, that the board has got since it was made. */
@QuarkusTest
class UndoneLaterPeriodsComponentTest extends RolloverScene {
    private static final String WHY = "\"reason\":\"a second account\",\"author\":\"judge\"}";

    @Test
    void everyRankingIsRightAtOnceAndEveryWindowIsNamed() {
        String board = putBoard(aBoard("undone").allTime());
        submit(board, ScoreEvent.of("ann", "10"));
        String adjustments = "/api/v1/admin/boards/" + board + "/adjustments";
        long adjustment = api.post(adjustments, "{\"playerId\":\"ann\",\"score\":5," + WHY)
                .expect(200)
                .json()
                .path("adjustment")
                .asLong();
        api.patch("/api/v1/boards/" + board, "{\"periods\":[\"ALL_TIME\",\"DAILY\",\"LAST_7_DAYS\"]}")
                .expect(200);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode page = api.top(board, Period.LAST_7_DAYS, "").expect(200).json();
            assertThat(page.path("source").asText()).isEqualTo("REDIS");
            assertThat(page.at("/entries/0/score").asInt()).isEqualTo(15);
        });

        JsonNode undone = api.post(adjustments + "/" + adjustment + "/undo", "{" + WHY)
                .expect(200)
                .json();

        for (Period period : new Period[] {Period.ALL_TIME, Period.DAILY, Period.LAST_7_DAYS}) {
            assertThat(api.top(board, period, "")
                            .expect(200)
                            .json()
                            .at("/entries/0/score")
                            .asInt())
                    .as("score in %s", period)
                    .isEqualTo(10);
        }
        assertThat(undone.path("windows").toString()).isEqualTo("[\"2024-05-14\",\"all\"]");
    }
}
