package dev.laurel.analytics;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Events and players of a board's days, by its own clock, and as its public may see them. */
@QuarkusTest
class BoardActivityComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    private final BoardSpec board =
            aBoard("busy").allTime().zone("America/New_York").lateDays(30).build();
    private LaurelApi api;

    @BeforeEach
    void standInMarch() {
        api = new LaurelApi(service);
        clock.stopAt(Instant.parse("2023-03-14T20:00:00Z"));
        api.putBoard(board).expect(201);
    }

    @AfterEach
    void reset() {
        clock.reset();
        StoredRows.change("UPDATE follower SET retry_at = NULL WHERE name = 'board-days'");
    }

    @Test
    void eventsAndPlayersAreCountedByTheDaysOfTheBoard() {
        score("ann", "2023-03-14T03:59:59Z");
        score("ann", "2023-03-14T04:00:00Z");
        score("ann", "2023-03-14T12:00:00Z");
        score("bob", "2023-03-14T12:00:00Z");

        awaitDay("2023-03-14", 3, 2);
        awaitDay("2023-03-13", 1, 1);
        awaitDay("2023-03-12", 0, 0);
        JsonNode answer = activity("?from=2023-03-12&to=2023-03-14");
        assertThat(answer.path("zone").asText()).isEqualTo("America/New_York");
        assertThat(answer.path("days").findValuesAsText("day"))
                .containsExactly("2023-03-12", "2023-03-13", "2023-03-14");
        assertThat(activity("").path("days")).hasSize(30);
    }

    @Test
    void whatAdministratorsWriteIsNobodysActivity() {
        score("ann", "2023-03-14T12:00:00Z");
        api.post(
                        "/api/v1/admin/boards/" + board.id() + "/adjustments",
                        "{\"playerId\":\"bob\",\"score\":5,\"reason\":\"test\",\"author\":\"ops\"}")
                .expect(200);
        score("cyd", "2023-03-14T12:00:00Z");

        awaitDay("2023-03-14", 2, 2);
    }

    @Test
    void theReadStopsAtTheFreeze() {
        score("ann", "2023-03-14T12:00:00Z");
        awaitDay("2023-03-14", 1, 1);
        api.put("/api/v1/boards/" + board.id() + "/freeze", "").expect(201);
        clock.stopAt(Instant.parse("2023-03-14T20:00:10Z"));
        awaitDay("2023-03-14", 1, 1);

        score("bob", "2023-03-14T12:00:00Z");

        await().atMost(PATIENCE).until(() -> stored() == 2);
        awaitDay("2023-03-14", 1, 1);
        api.delete("/api/v1/boards/" + board.id() + "/freeze").expect(204);
        awaitDay("2023-03-14", 2, 2);
    }

    /** What was accepted before the freeze is shown, also when the follower comes to it later. */
    @Test
    void theFollowerCompletesThePicture() {
        score("ann", "2023-03-14T12:00:00Z");
        awaitDay("2023-03-14", 1, 1);
        // As if it had not come so far yet.
        int shards =
                StoredRows.change("UPDATE follower SET retry_at = now() + interval '1 day' WHERE name = 'board-days'");
        assertThat(shards).isPositive();
        score("bob", "2023-03-14T12:00:00Z");
        api.put("/api/v1/boards/" + board.id() + "/freeze", "").expect(201);
        clock.stopAt(Instant.parse("2023-03-14T20:00:10Z"));
        assertThat(activity("?from=2023-03-14&to=2023-03-14")
                        .at("/days/0/players")
                        .asLong())
                .isLessThanOrEqualTo(2);
        score("cyd", "2023-03-14T12:00:00Z");

        StoredRows.change("UPDATE follower SET retry_at = NULL WHERE name = 'board-days'");

        await().atMost(PATIENCE).until(() -> stored() == 3);
        awaitDay("2023-03-14", 2, 2);
    }

    @Test
    void anotherLifeOfABoardBeginsWithNothing() {
        score("ann", "2023-03-14T12:00:00Z");
        awaitDay("2023-03-14", 1, 1);

        api.deleteBoard(board.id()).expect(204);
        api.get(path("")).expect(404);
        api.putBoard(board).expect(201);

        awaitDay("2023-03-14", 0, 0);
    }

    @Test
    void rangesThatAreNoneAreRefusedByName() {
        assertProblem(api.get(path("?from=yesterday")), 422, "from");
        assertProblem(api.get(path("?to=2023-02-30")), 422, "to");
        assertProblem(api.get(path("?from=2023-03-02&to=2023-03-01")), 422, "from");
        assertProblem(api.get(path("?from=2022-03-01&to=2023-03-02")), 422, "to");
        assertThat(activity("?from=2022-03-01&to=2023-03-01").path("days")).hasSize(366);
    }

    private void score(String player, String instant) {
        api.submit(board.id(), "{\"playerId\":\"%s\",\"score\":1,\"occurredAt\":\"%s\"}".formatted(player, instant))
                .expect(200);
    }

    private void awaitDay(String day, long events, long players) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode found = activity("?from=" + day + "&to=" + day).at("/days/0");
            assertThat(found.path("events").asLong()).isEqualTo(events);
            assertThat(found.path("players").asLong()).isEqualTo(players);
        });
    }

    /** As administrators would see it. */
    private long stored() {
        return StoredRows.number(
                "SELECT coalesce(sum(d.events), 0) FROM board_day d JOIN board b ON b.id = d.board_id WHERE b.name = ?",
                board.id());
    }

    private JsonNode activity(String query) {
        return api.get(path(query)).expect(200).json();
    }

    private String path(String query) {
        return "/api/v1/boards/" + board.id() + "/activity" + query;
    }
}
