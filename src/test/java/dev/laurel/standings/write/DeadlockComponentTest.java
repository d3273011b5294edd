package dev.laurel.standings.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** PostgreSQL ends a deadlock by refusing one of its transactions: a batch that it refuses is sent again. */
@QuarkusTest
class DeadlockComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of a transaction that changes a player of the batch. */
    private static final String LOCK = """
            SELECT FROM standing s JOIN board b ON b.id = s.board_id
            WHERE b.name = ? AND s.player_id = ? FOR UPDATE OF s""";

    /** Statements of batches that wait for a row. */
    private static final String WAITING = """
            SELECT count(*) FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND query LIKE '%apply_scores%' AND pid <> pg_backend_pid()""";

    private static final String DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

    @TestHTTPResource
    URI service;

    /** Of a transaction that PostgreSQL has refused. */
    private static final String DEADLOCK = "40P01";

    private String board;
    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    private void twoPlayers() {
        board = "deadlock-" + UUID.randomUUID();
        api.putBoard(board, "{\"title\":\"Deadlock\"}").expect(201);
        batch("begin").expect(200);
    }

    @Test
    void theBatchOfADeadlockIsSentAgainAndCountsOnce() throws Exception {
        AtomicLong deadlocks = new AtomicLong();
        AtomicReference<CompletableFuture<Reply>> sent = new AtomicReference<>();
        await().pollInSameThread().atMost(PATIENCE).until(() -> {
            twoPlayers();
            deadlocks.set(StoredRows.number(DEADLOCKS));
            return isTheBatchRefused(sent);
        });

        Reply reply = sent.get().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).expect(200);
        assertThat(reply.json().path("results").findValuesAsText("status")).containsExactly("APPLIED", "APPLIED");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(StoredRows.number(DEADLOCKS)).as("deadlocks").isGreaterThan(deadlocks.get()));
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM score_event e JOIN board b ON b.id = e.board_id WHERE b.name = ?", board))
                .isEqualTo(4);
        assertThat(api.get("/api/v1/boards/" + board + "/rankings/daily")
                        .expect(200)
                        .json()
                        .path("entries")
                        .findValuesAsText("score"))
                .containsExactly("4", "2");
        assertThat(batch("again").expect(200).json().path("results").findValuesAsText("status"))
                .containsExactly("DUPLICATE", "DUPLICATE");
    }

    /** False if a slow machine came to the second lock so late that PostgreSQL has refused the transaction of the test. */
    private boolean isTheBatchRefused(AtomicReference<CompletableFuture<Reply>> sent) throws Exception {
        try (Connection other = EmbeddedStores.current().connect()) {
            other.setAutoCommit(false);
            lock(other, "bob");
            sent.set(CompletableFuture.supplyAsync(() -> batch("again")));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(StoredRows.number(WAITING)).isPositive());
            // The batch has ann and waits for bob. PostgreSQL looks for a deadlock on behalf of whoever waits longest.
            lock(other, "ann");
            other.rollback();
            return true;
        } catch (SQLException refused) {
            assertThat(refused.getSQLState()).isEqualTo(DEADLOCK);
            sent.get().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return false;
        }
    }

    private Reply batch(String id) {
        return api.post("/api/v1/boards/" + board + "/scores/batch?atomic=true", """
                {"scores":[{"playerId":"ann","score":2,"eventId":"%1$s-a"},{"playerId":"bob","score":1,"eventId":"%1$s-b"}]}""".formatted(id));
    }

    private void lock(Connection connection, String player) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, board);
            lock.setString(2, player);
            lock.execute();
        }
    }
}
