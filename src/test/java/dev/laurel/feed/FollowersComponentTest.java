package dev.laurel.feed;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.IntStream;

/** A follower misses nothing, does nothing twice, and is not stopped by one item. */
@QuarkusTest
class FollowersComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ITEMS = "/api/v1/admin/followers/" + Tally.NAME + "/items";

    @TestHTTPResource
    URI service;

    @Inject
    Tally tally;

    private final BoardSpec board = aBoard("followed").allTime().build();
    private LaurelApi api;
    private int id;

    @BeforeEach
    void watch() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        id = tally.watch(board.id());
    }

    @AfterEach
    void heal() {
        tally.healed();
        retryAt("NULL", "");
    }

    @Test
    void everyAcceptedEventIsSeenOnce() {
        IntStream.range(0, 50).forEach(n -> api.submit(board.id(), ScoreEvent.of("p" + n, "1"))
                .expect(200));

        awaitCounted(50);
        assertThat(Tally.different(id)).isEqualTo(50);
    }

    @Test
    @DisplayName("trap 41: a transaction that began earlier and commits later is not passed")
    void aLateCommitIsNotMissed() throws SQLException {
        try (Connection slow = EmbeddedStores.current().connect();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute(insert(1));

            api.submit(board.id(), ScoreEvent.of("quick", "1")).expect(200);
            // Committed, and known to be there, and held back all the same.
            await().atMost(PATIENCE).until(() -> lag() > 0);
            long polls = polls();
            await().atMost(PATIENCE).until(() -> polls() > polls + 1);
            assertThat(Tally.counted(id)).isZero();

            slow.commit();
        }

        awaitCounted(2);
        assertThat(Tally.different(id)).isEqualTo(2);
    }

    @Test
    @DisplayName("a writer that dies between its commit and the wake-up loses nothing")
    void whatNobodyWasWokenUpForIsFound() {
        StoredRows.change(insert(3));

        awaitCounted(3);
    }

    @Test
    void thePoisonousItemIsPutAsideAndTheRestGoesOn() {
        tally.poisonedBy("toad");
        StoredRows.change(
                "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)"
                        + " SELECT ?, CASE n WHEN 23 THEN 'toad' ELSE 'p' || n END, 1, 0, now() FROM generate_series(1, 40) n",
                id);

        awaitCounted(39);
        api.submit(board.id(), ScoreEvent.of("later", "1")).expect(200);
        awaitCounted(40);
        JsonNode aside = aside();
        assertThat(aside.path("failure").asText()).contains("cannot bear toad");
        assertThat(state().path("aside").asLong()).isPositive();

        String retry = ITEMS + "/" + aside.path("item").asLong() + "/retry";
        api.post(retry, "").expect(409);
        assertThat(aside().path("retries").asInt()).isOne();
        assertThat(Tally.counted(id)).isEqualTo(40);

        tally.healed();
        assertThat(api.post(retry, "").expect(200).json().path("done").asBoolean())
                .isTrue();
        assertThat(Tally.counted(id)).isEqualTo(41);
        assertThat(Tally.different(id)).isEqualTo(41);
        api.post(retry, "").expect(404);
    }

    @Test
    @DisplayName("a batch that takes too long is halved at once, until what can be done is done")
    void whatTakesTooLongIsDoneInSmallerBatches() {
        tally.slowedBy("snail");
        StoredRows.change(
                "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)"
                        + " SELECT ?, CASE n WHEN 40 THEN 'snail' ELSE 'p' || n END, 1, 0, now() FROM generate_series(1, 40) n",
                id);

        awaitCounted(39);
        assertThat(aside().isMissingNode()).isTrue();

        tally.healed();
        awaitCounted(40);
    }

    @Test
    void anItemThatIsNotKeptAnyMoreIsTakenOffTheList() {
        tally.poisonedBy("toad");
        api.submit(board.id(), ScoreEvent.of("toad", "1")).expect(200);
        await().atMost(PATIENCE).until(() -> !aside().isMissingNode());
        StoredRows.change("DELETE FROM score_event WHERE board_id = ?", id);
        String retry = ITEMS + "/" + aside().path("item").asLong() + "/retry";

        assertThat(api.post(retry, "").expect(200).json().path("done").asBoolean())
                .isFalse();

        assertThat(aside().isMissingNode()).isTrue();
    }

    @Test
    void aFollowerThatFailsForAWhileCatchesUp() {
        tally.poisonedBy("hiccup");
        api.submit(board.id(), ScoreEvent.of("hiccup", "1")).expect(200);
        // Held there, since after five failures within seconds it would be put aside.
        await().atMost(PATIENCE).until(() -> retryAt("'infinity'", " AND attempts > 0") == 1);
        assertThat(state().path("attempts").asInt()).isPositive();
        assertThat(state().path("state").asText()).isEqualTo("RETRYING");
        assertThat(state().path("failure").asText()).contains("hiccup");

        tally.healed();
        assertThat(retryAt("NULL", "")).isOne();

        awaitCounted(1);
        await().atMost(PATIENCE).until(() -> state().path("attempts").asInt() == 0);
        assertThat(state().path("failure").isNull()).isTrue();
    }

    @Test
    void statusNamesEveryFollower() {
        JsonNode followers = api.get("/api/v1/admin/status").expect(200).json().path("followers");

        assertThat(followers.findValuesAsText("follower")).contains(Tally.NAME, "board-days");
    }

    @Test
    void unknownFollowersAndItemsAreRefused() {
        api.get("/api/v1/admin/followers/nobody/items").expect(404);
        api.post("/api/v1/admin/followers/nobody/items/1/retry", "").expect(404);
        api.post(ITEMS + "/" + Long.MAX_VALUE + "/retry", "").expect(404);
        assertThat(api.post(ITEMS + "/x/retry", "").expect(422).text()).contains("item");
    }

    private String insert(int events) {
        return "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at) SELECT " + id
                + ", 'p', 1, 0, now() FROM generate_series(1, " + events + ")";
    }

    private void awaitCounted(long events) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Tally.counted(id)).isEqualTo(events));
    }

    /** Of this board; missing when there is none. */
    private JsonNode aside() {
        for (JsonNode item : api.get(ITEMS + "?limit=200").expect(200).json().path("items")) {
            if (board.id().equals(item.path("board").asText())) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    private JsonNode state() {
        for (JsonNode one :
                api.get("/api/v1/admin/followers").expect(200).json().path("followers")) {
            if (Tally.NAME.equals(one.path("follower").asText())) {
                return one;
            }
        }
        throw new AssertionError("no such follower");
    }

    /** When the shard of the board is worked at again. */
    private int retryAt(String instant, String more) {
        return StoredRows.change(
                "UPDATE follower SET retry_at = " + instant + " WHERE name = ? AND shard = ?" + more,
                Tally.NAME,
                ShardKey.of(id));
    }

    private long lag() {
        return state().path("lagItems").asLong();
    }

    /** Grows with every look at the shard of the board: an empty one is released with the time. */
    private long polls() {
        return StoredRows.number(
                "SELECT (extract(epoch FROM updated_at) * 10)::bigint FROM follower WHERE name = ? AND shard = ?",
                Tally.NAME,
                ShardKey.of(id));
    }
}
