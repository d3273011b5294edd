package dev.laurel.web.operations;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.platform.meters.Meters;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How long requests take, as their clients and operators see it. */
@QuarkusTest
class TimingComponentTest {
    private static final String SLOW = "/api/v1/admin/slow-requests";
    private static final Duration HELD = Duration.ofMillis(400);

    @TestHTTPResource
    URI service;

    @Inject
    MeterRegistry meters;

    private final BoardSpec board = aBoard("timed").build();
    private LaurelApi api;

    @BeforeEach
    void aBoardWithAnEvent() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
    }

    @Test
    void aSubmissionTellsItsSteps() {
        Reply reply = api.submit(board.id(), ScoreEvent.of("ann", "3")).expect(200);

        assertThat(reply.header("Server-Timing"))
                .contains("validate;dur=", "queue;dur=", "commit;dur=", "redis;dur=", "total;dur=");
        assertThat(Double.parseDouble(reply.header("X-Process-Time"))).isBetween(0.000_1, 60.0);
    }

    @Test
    void aChangeTellsItsTransaction() {
        Reply changed = api.put("/api/v1/players/timed-" + UUID.randomUUID(), "{\"displayName\":\"Timed\"}");
        Reply read = api.get("/api/v1/players?limit=1").expect(200);

        assertThat(changed.status()).isIn(200, 201);
        assertThat(changed.header("Server-Timing")).contains("commit;dur=", "total;dur=");
        assertThat(read.header("Server-Timing")).contains("total;dur=").doesNotContain("commit", "sql", "cache");
    }

    @Test
    void aSlowRequestIsKeptWithoutIds() {
        double before = slow();
        try (OtherTransaction other = OtherTransaction.begun()) {
            other.run("SELECT id FROM board WHERE name = ? FOR UPDATE", board.id());
            CompletableFuture<Reply> answer = CompletableFuture.supplyAsync(
                    () -> api.patch("/api/v1/boards/" + board.id(), "{\"title\":\"Held up\"}"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> StoredRows.number("SELECT count(*) FROM pg_locks WHERE NOT granted"
                                    + " AND (locktype = 'transactionid' OR relation = 'board'::regclass)")
                            > 0);
            long began = System.nanoTime();
            await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() - began > HELD.toNanos());
            other.commit();
            answer.join().expect(200);
        }

        JsonNode kept = items("")
                .filter(one -> one.path("method").asText().equals("PATCH"))
                .filter(one -> one.path("path").asText().equals("/api/v1/boards/{board}"))
                .findFirst()
                .orElseThrow();
        assertThat(kept.path("class").asText()).isIn("SLOW", "VERY_SLOW");
        assertThat(kept.path("status").asInt()).isEqualTo(200);
        assertThat(kept.path("durationMs").asDouble()).isGreaterThan(HELD.toMillis() - 100.0);
        assertThat(kept.path("steps").findValuesAsText("name")).contains("commit");
        assertThat(shownToOperators().fieldNames()).toIterable().containsExactlyElementsOf(kept::fieldNames);
        assertThat(kept.toString()).doesNotContain(board.id());
        assertThat(slow()).isGreaterThan(before);
        assertThat(items("?class=" + kept.path("class").asText() + "&limit=1000"))
                .contains(kept);
        assertThat(items("?limit=1")).hasSize(1);
    }

    @Test
    void anUnknownClassIsRefused() {
        assertProblem(api.get(SLOW + "?class=FAST"), 422, "class");
        assertProblem(api.get(SLOW + "?limit=0"), 422, "limit");
    }

    private double slow() {
        return Stream.of("slow", "very_slow")
                .flatMap(speed -> meters.get(Meters.REQUESTS).tag("class", speed).counters().stream())
                .mapToDouble(Counter::count)
                .sum();
    }

    /** The example in the document for operators. */
    private static JsonNode shownToOperators() {
        try (Stream<String> lines = Files.lines(Path.of("docs/operations.md"))) {
            String example = lines.filter(line -> line.startsWith("{\"items\":[{\"at\""))
                    .findFirst()
                    .orElseThrow();
            return new ObjectMapper().readTree(example).at("/items/0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<JsonNode> items(String query) {
        return StreamSupport.stream(
                api.get(SLOW + query).expect(200).json().path("items").spliterator(), false);
    }
}
