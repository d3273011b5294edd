package dev.laurel.feed;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

/**
 * What has gathered while nobody was there is worked off in small batches. {@code -Dlaurel.feed.backlog=1000000} is the long
 * form.
 */
@QuarkusTest
class CatchUpComponentTest {
    private static final long EVENTS = Long.getLong("laurel.feed.backlog", 20_000);

    @TestHTTPResource
    URI service;

    @Inject
    Tally tally;

    @Inject
    FeedConfig config;

    @Test
    void aDaysAbsenceIsCaughtUpWithBoundedMemory() {
        BoardSpec board = aBoard("absent").allTime().build();
        new LaurelApi(service).putBoard(board).expect(201);
        int id = tally.watch(board.id());
        StoredRows.change(
                "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)"
                        + " SELECT ?, 'p' || n % 1000, 1, 0, now() - interval '1 day' FROM generate_series(1, ?) n",
                id, EVENTS);

        await().atMost(Duration.ofSeconds(60 + EVENTS / 500))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Tally.counted(id) >= EVENTS);

        assertThat(Tally.counted(id)).isEqualTo(EVENTS);
        assertThat(Tally.different(id)).isEqualTo(EVENTS);
        assertThat(tally.largestBatch()).isLessThanOrEqualTo(config.batch());
    }
}
