package dev.laurel.standings;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RunningStores;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * PostgreSQL goes when it has committed an event, and before it can tell what Redis is to show of it. The event is refused;
 * what was acknowledged before stays readable.
 */
@QuarkusTest
class UnacknowledgedComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Loads are tried every second; each asks PostgreSQL first, which takes the deadline of two seconds to fail. */
    private static final Duration SEVERAL_TRIES = Duration.ofSeconds(4);

    /** Read for the standing in a rolling window, but not when an event is committed. */
    private static final String LOCK = "LOCK TABLE final_standing IN ACCESS EXCLUSIVE MODE";

    private static final String WAITING =
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'final_standing'::regclass";

    @TestHTTPResource
    URI service;

    private final RunningStores stores = EmbeddedStores.current();
    private final BoardSpec repeating = rolling("unacknowledged-again");
    private final BoardSpec counting = rolling("unacknowledged-first");
    private final ScoreEvent repeated = ScoreEvent.of("ann", "10").withId("once");
    private final ScoreEvent fresh = ScoreEvent.of("ann", "5");
    private LaurelApi api;

    @BeforeEach
    void rankingsInRedis() {
        api = new LaurelApi(service);
        api.putBoard(repeating).expect(201);
        api.putBoard(counting).expect(201);
        api.submit(repeating.id(), repeated).expect(200);
        api.submit(counting.id(), ScoreEvent.of("ann", "10")).expect(200);
        awaitInRedis(repeating, 10);
        awaitInRedis(counting, 10);
    }

    @AfterEach
    void resume() {
        stores.resumePostgres();
    }

    @Test
    void whatWasAcknowledgedIsReadOn() throws SQLException {
        try (Connection lock = stores.connect()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute(LOCK);
            CompletableFuture<Reply> again = CompletableFuture.supplyAsync(() -> api.submit(repeating.id(), repeated));
            CompletableFuture<Reply> first = CompletableFuture.supplyAsync(() -> api.submit(counting.id(), fresh));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> StoredRows.number(WAITING) >= 2);

            stores.pausePostgres();

            assertProblem(again.join(), 503);
            assertProblem(first.join(), 503);
            await().during(SEVERAL_TRIES).atMost(PATIENCE).untilAsserted(() -> {
                assertInRedis(repeating, 10);
                assertInRedis(counting, 10);
            });
            stores.resumePostgres();
        }
        awaitInRedis(repeating, 10);
        // Committed all the same.
        awaitInRedis(counting, 15);
    }

    private static BoardSpec rolling(String name) {
        return aBoard(name).keeping(Set.of(Period.DAILY, Period.LAST_7_DAYS)).build();
    }

    private void awaitInRedis(BoardSpec board, int score) {
        await().atMost(PATIENCE).untilAsserted(() -> assertInRedis(board, score));
    }

    private void assertInRedis(BoardSpec board, int score) {
        JsonNode ranking =
                api.top(board.id(), Period.LAST_7_DAYS, "").expect(200).json();
        assertThat(ranking.path("source").asText()).isEqualTo("REDIS");
        assertThat(ranking.at("/entries/0/score").asInt()).isEqualTo(score);
    }
}
