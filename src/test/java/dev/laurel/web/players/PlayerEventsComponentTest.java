package dev.laurel.web.players;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A player's own events. */
@QuarkusTest
class PlayerEventsComponentTest {
    private static final String ADJUSTMENT =
            "{\"playerId\":\"ann\",\"score\":5,\"reason\":\"Missed\",\"author\":\"referee\"}";

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    private final BoardSpec board =
            aBoard("ledger").metrics(List.of("power", "kills")).decimals(1).build();
    private LaurelApi api;

    @BeforeEach
    void aBoardWithThreeEvents() {
        clock.stopAt(Instant.parse("2023-07-04T12:00:00Z"));
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        for (int i = 1; i <= 3; i++) {
            submit("{\"playerId\":\"ann\",\"score\":%d.5,\"metrics\":{\"kills\":%d},\"eventId\":\"match-%d\"}"
                    .formatted(i, i, i));
        }
        submit("{\"playerId\":\"bob\",\"score\":9}");
    }

    @AfterEach
    void goOn() {
        clock.reset();
    }

    @Test
    void theNewestComeFirstPageByPage() {
        JsonNode first = events("ann", "&limit=2");
        assertThat(first.path("items").findValuesAsText("eventId")).containsExactly("match-3", "match-2");
        JsonNode newest = first.path("items").get(0);
        assertThat(newest.path("score").asDouble()).isEqualTo(3.5);
        assertThat(newest.at("/metrics/kills").asDouble()).isEqualTo(3);
        assertThat(newest.path("occurredAt").asText()).isNotBlank();

        JsonNode rest = events("ann", "&limit=2&cursor=" + first.path("next").asText());
        assertThat(rest.path("items").findValuesAsText("eventId")).containsExactly("match-1");
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    void correctionsAreNotThePlayersEvents() {
        api.post("/api/v1/admin/boards/" + board.id() + "/adjustments", ADJUSTMENT)
                .expect(200);

        assertThat(ids("ann")).containsExactly("match-3", "match-2", "match-1");
    }

    @Test
    void aFrozenBoardHidesLaterEvents() {
        api.put("/api/v1/boards/" + board.id() + "/freeze", "").expect(201);
        clock.stopAt(Instant.parse("2023-07-04T12:01:00Z"));
        List<String> before = ids("ann");

        submit("{\"playerId\":\"ann\",\"score\":8,\"eventId\":\"hidden\"}");

        assertThat(before).hasSize(3);
        assertThat(ids("ann")).isEqualTo(before);
        api.delete("/api/v1/boards/" + board.id() + "/freeze").expect(204);
        assertThat(ids("ann")).contains("hidden");
    }

    @Test
    void strangersAndWrongQuestionsAreRefused() {
        String events = "/api/v1/players/nobody-at-all/events";
        api.get(events + "?board=" + board.id()).expect(404);
        api.get(events + "?board=no-such-board").expect(404);
        assertProblem(api.get(events), 422, "board");
        assertProblem(api.get(events + "?board=" + board.id() + "&cursor=x"), 422, "cursor");
        assertProblem(api.get(events + "?board=" + board.id() + "&limit=201"), 422, "limit");
    }

    private List<String> ids(String player) {
        return new ArrayList<>(events(player, "").path("items").findValuesAsText("eventId"));
    }

    private JsonNode events(String player, String more) {
        return api.get("/api/v1/players/" + player + "/events?board=" + board.id() + more)
                .expect(200)
                .json();
    }

    private void submit(String json) {
        api.submit(board.id(), json).expect(200);
    }
}
