package dev.laurel.web;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.RunningStores;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** A PostgreSQL that answers nobody is found out long before the deadline of a statement, also by what only it can answer. */
@QuarkusTest
class SilentPostgresComponentTest extends RolloverScene {
    /** Half a second to find out; the deadline of a statement is three times as long as this. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final RunningStores stores = EmbeddedStores.current();

    @Test
    void listsOfWindowsHistoriesAndCorrectionsFailSoon() {
        String board = putBoard(aBoard("silent").daily());
        submit(board, ScoreEvent.of("ann", "7"));
        String key = api.post("/api/v1/admin/keys", "{\"name\":\"silent\",\"scopes\":[\"read\"]}")
                .expect(201)
                .json()
                .path("key")
                .asText();
        api.get("/api/v1", "X-API-Key", key).expect(200);
        String own = "/api/v1/boards/" + board;
        String admin = "/api/v1/admin/boards/" + board;
        List<String> paths = List.of(
                "/api/v1/boards",
                "/api/v1/players/ann/history?board=" + board + "&period=daily",
                "/api/v1/players/ann/events?board=" + board,
                own + "/windows?period=daily",
                own + "/windows/closed",
                own + "/activity",
                admin + "/adjustments",
                admin + "/log",
                admin + "/rankings/daily/disqualifications");
        stores.pausePostgres();
        try {
            paths.forEach(this::assertFailsSoon);
            // Whether another key is valid is not known: its owner must not be told that it is not.
            api.get("/api/v1", "X-API-Key", key).expect(200);
            Reply unknown = api.get("/api/v1", "X-API-Key", "laurel_" + "7".repeat(64));
            assertProblem(unknown, 503);
            assertThat(unknown.header("Retry-After")).isNotBlank();
        } finally {
            stores.resumePostgres();
        }
    }

    /** What waits for the deadline does so each time; a busy machine is late for something else now and then. */
    private void assertFailsSoon(String path) {
        await().pollInSameThread().pollDelay(Duration.ZERO).atMost(PATIENCE).untilAsserted(() -> {
            long started = System.nanoTime();
            Reply reply = api.get(path);
            Duration took = Duration.ofNanos(System.nanoTime() - started);

            assertProblem(reply, 503);
            assertThat(took).as("time of %s", path).isLessThan(SOON);
        });
    }
}
