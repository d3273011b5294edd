package dev.laurel.standings.write;

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
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Loads are tried every second; each asks PostgreSQL first, which takes the deadline of three seconds to fail. */
    private static final Duration SEVERAL_TRIES = Duration.ofSeconds(6);

    /** Read for the standing in a rolling window, but not when an event is committed. */
    private static final String LOCK = "LOCK TABLE final_standing IN ACCESS EXCLUSIVE MODE";

    private static final String WAITING = """
            SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE NOT l.granted AND l.relation = 'final_standing'::regclass
              AND a.query LIKE '%rolling_standings(%, $4::text[])'""";

    private static final String COMMITTED =
            "SELECT count(*) FROM score_event e JOIN board b ON b.id = e.board_id WHERE b.name = ?";

    @TestHTTPResource
    URI service;

    private final RunningStores stores = EmbeddedStores.current();
    private final BoardSpec board = aBoard("unacknowledged")
            .keeping(Set.of(Period.DAILY, Period.LAST_7_DAYS))
            .build();
    private final ScoreEvent event = ScoreEvent.of("ann", "10").withId("once");
    private LaurelApi api;

    @BeforeEach
    void aRankingInRedis() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        api.submit(board.id(), event).expect(200);
        awaitInRedis(10);
    }

    @AfterEach
    void resume() {
        stores.resumePostgres();
    }

    @Test
    void anEventSentAgain() throws SQLException {
        refuse(event, 1);

        awaitInRedis(10);
    }

    @Test
    void anEventThatWasCommitted() throws SQLException {
        refuse(ScoreEvent.of("ann", "5"), 2);

        awaitInRedis(15);
    }

    /** @param events of the board, once this one has been committed; a load of another window may wait, too */
    private void refuse(ScoreEvent unlucky, int events) throws SQLException {
        try (Connection lock = stores.connect()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute(LOCK);
            CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> api.submit(board.id(), unlucky));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> StoredRows.number(COMMITTED, board.id()) == events && StoredRows.number(WAITING) > 0);

            stores.pausePostgres();

            assertProblem(reply.join(), 503);
            long until = System.nanoTime() + SEVERAL_TRIES.toNanos();
            do {
                assertInRedis(10);
            } while (System.nanoTime() < until);
            stores.resumePostgres();
        }
    }

    private void awaitInRedis(int score) {
        await().atMost(PATIENCE).untilAsserted(() -> assertInRedis(score));
    }

    private void assertInRedis(int score) {
        JsonNode ranking =
                api.top(board.id(), Period.LAST_7_DAYS, "").expect(200).json();
        assertThat(ranking.path("source").asText()).isEqualTo("REDIS");
        assertThat(ranking.at("/entries/0/score").asInt()).isEqualTo(score);
    }
}
