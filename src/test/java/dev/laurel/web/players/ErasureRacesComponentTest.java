package dev.laurel.web.players;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.archive.Rollover;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.Reply;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Players are hidden and erased while other transactions read them, and write them down later. */
@QuarkusTest
class ErasureRacesComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String TRACES = """
            SELECT (SELECT count(*) FROM standing WHERE player_id = ?) + (SELECT count(*) FROM final_standing WHERE player_id = ?)
                + (SELECT count(*) FROM barred_standing WHERE player_id = ?) + (SELECT count(*) FROM window_standing WHERE player_id = ?)
                + (SELECT count(*) FROM frozen_player WHERE player_id = ?) + (SELECT count(*) FROM score_event WHERE player_id = ?)
                + (SELECT count(*) FROM erasure WHERE player_id = ?)""";

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Rollover rollover;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String board = "races-" + unique;
    private final String ann = "ann-" + unique;
    private LaurelApi api;

    @BeforeEach
    void aDay() {
        api = new LaurelApi(service);
        clock.stopAt(Instant.parse("2022-03-08T20:00:00Z"));
        aBoard(board);
    }

    private long aBoard(String name) {
        api.putBoard(name, "{\"title\":\"Races\",\"periods\":[\"DAILY\",\"ALL_TIME\"]}")
                .expect(201);
        submit(name, ann, 9);
        submit(name, "bob", 5);
        return StoredRows.number("SELECT id FROM board WHERE name = ?", name);
    }

    @AfterEach
    void goOn() {
        api.delete("/api/v1/players/" + ann);
        clock.reset();
    }

    /** Of each it is shown that the erasure waits, and afterwards that nothing of the player was written down after it. */
    @Test
    void anErasureWaitsForWhatMayBringThePlayerBack() {
        int closing = (int) StoredRows.number("SELECT id FROM board WHERE name = ?", board);
        int frozen = (int) aBoard("races-frozen-" + unique);
        int filled = (int) aBoard("races-filled-" + unique);
        StoredRows.change(
                "INSERT INTO window_fill (board_id, period, window_key, up_to, state, begun_at)"
                        + " VALUES (?, 1::smallint, 1, 0, 'COUNT', now())",
                filled);
        try (OtherTransaction loading = OtherTransaction.begun()) {
            loading.run("SELECT count(*) FROM standing");
            api.delete("/api/v1/players/" + ann + "?erase=true&confirm=true").expect(204);
            awaitErasure("waiting_since IS NOT NULL");
            awaitBlocked();
            assertThat(standings(closing))
                    .as("found by what removes it from Redis")
                    .isOne();
        }
        try (OtherTransaction closer = OtherTransaction.begun();
                OtherTransaction freezer = OtherTransaction.ofOneMoment()) {
            freezer.run("SELECT pg_try_advisory_xact_lock(78, ?)", frozen);
            closer.run("SELECT pg_advisory_xact_lock(77, ?)", closing)
                    .run(
                            "SELECT begin_closing(board_id, period, window_key, 'ROLLOVER') FROM board_window"
                                    + " WHERE board_id = ? AND period = 1",
                            closing);

            awaitErasure("found_all");
            awaitBlocked();
            assertThat(standings(closing)).isOne();
            closer.run(
                    "SELECT finish_closing(board_id, period, window_key, now()) FROM board_window"
                            + " WHERE board_id = ? AND period = 1",
                    closing);
            closer.commit();

            awaitErasure("last_board = " + closing);
            awaitBlocked();
            freezer.run(
                    "SELECT take_picture(?, 1, now(), '{}'::smallint[], '{}'::bigint[], '{}'::bigint[], '{}'::text[])",
                    frozen);
            freezer.commit();

            awaitErasure("last_board = " + frozen);
            awaitBlocked();
            assertThat(standings(filled)).isOne();
        }
        StoredRows.change("DELETE FROM window_fill WHERE board_id = ?", filled);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(StoredRows.number(TRACES, ann, ann, ann, ann, ann, ann, ann))
                        .isZero());
    }

    private static int standings(int boardId) {
        return (int) StoredRows.number(
                "SELECT count(*) FROM standing WHERE board_id = ? AND player_id LIKE 'ann-%'", boardId);
    }

    private void awaitErasure(String state) {
        await().atMost(PATIENCE)
                .until(() ->
                        StoredRows.number("SELECT count(*) FROM erasure WHERE player_id = ? AND " + state, ann) == 1);
    }

    /** Until it has been taken up and put off again. */
    private void awaitBlocked() {
        StoredRows.change("UPDATE erasure SET taken_at = '-infinity' WHERE player_id = ?", ann);
        awaitErasure("taken_at > '-infinity' AND taken_at < now() - interval '25 seconds'");
    }

    /** Between the ranking and what is kept next to it, the closing waits for a table, and the player is hidden. */
    @Test
    void aDayThatIsClosedWhileItsPlayerIsHiddenCountsOnce() {
        try (OtherTransaction holding = OtherTransaction.begun()) {
            holding.run("LOCK TABLE barred_standing IN ACCESS EXCLUSIVE MODE");
            clock.stopAt(Instant.parse("2022-03-09T00:10:00Z"));
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> OnEventLoop.await(rollover::closeDue));
            await().atMost(PATIENCE)
                    .until(() -> StoredRows.number(
                                    "SELECT count(*) FROM pg_locks WHERE relation = 'barred_standing'::regclass AND NOT granted")
                            > 0);
            api.put("/api/v1/players/" + ann, "{\"displayName\":\"Ann\",\"visibility\":\"HIDDEN\"}")
                    .expect(201);
            holding.commit();
            closed.join();
        }

        assertThat(StoredRows.column(
                        "SELECT 'final' FROM final_standing WHERE player_id = ? AND period = 1"
                                + " UNION ALL SELECT 'barred' FROM barred_standing WHERE player_id = ? AND period = 1",
                        ann,
                        ann))
                .containsExactly("final");
    }

    /** Other batches go on while one is slow and a change waits for it. */
    @Test
    void aSlowBatchHoldsUpOneChangeAndNoOtherBatches() {
        String record = "{\"displayName\":\"Ann\",\"visibility\":\"HIDDEN\"}";
        try (OtherTransaction slow = OtherTransaction.begun()) {
            slow.run("SELECT pg_advisory_xact_lock_shared(79, 0)");
            // It waits for seconds, in which even a machine that is slow for a while comes to some events.
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(writtenWhileWaiting(record))
                    .as("events while the change waited")
                    .isGreaterThan(4));
        }
        api.put("/api/v1/players/" + ann, record).expect(201);
    }

    /** A batch that is held up as long as the change waits has been written only after it. */
    private int writtenWhileWaiting(String record) {
        CompletableFuture<Reply> change =
                CompletableFuture.supplyAsync(() -> api.put("/api/v1/players/" + ann, record));
        int written = 0;
        submit(board, "bob", 1);
        while (!change.isDone()) {
            written++;
            submit(board, "bob", 1);
        }
        assertProblem(change.join(), 503);
        assertThat(change.join().headers().firstValue("Retry-After")).isPresent();
        return written;
    }

    private void submit(String name, String player, int score) {
        api.submit(name, "{\"playerId\":\"" + player + "\",\"score\":" + score + "}")
                .expect(200);
    }
}
