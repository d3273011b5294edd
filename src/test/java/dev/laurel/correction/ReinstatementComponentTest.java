package dev.laurel.correction;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

/** Players who are let in again right after they were taken out. */
@QuarkusTest
class ReinstatementComponentTest {

    private static final String DECISION = "{\"reason\":\"a mistake\",\"author\":\"judge-7\"}";

    @TestHTTPResource
    URI service;

    @Test
    void staysReinstated() {
        LaurelApi api = new LaurelApi(service);
        BoardSpec board = aBoard("reinstated").allTime().build();
        api.putBoard(board).expect(201);
        api.submit(board.id(), ScoreEvent.of("a", "7")).expect(200);
        String player = "/api/v1/admin/boards/" + board.id() + "/rankings/all_time/players/a/";

        api.put(player + "disqualification", DECISION).expect(200);
        assertThat(total(api, board)).isZero();
        api.post(player + "reinstatement", DECISION).expect(200);

        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(30)).until(() -> total(api, board) == 1);
    }

    private static int total(LaurelApi api, BoardSpec board) {
        return api.top(board.id(), Period.ALL_TIME, "")
                .expect(200)
                .json()
                .path("total")
                .asInt(-1);
    }
}
