package dev.laurel.platform.accesslog;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.RawHttp;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Each request has one line, which says what operation it was and nothing that a client could choose. */
@QuarkusTest
class AccessLogComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TestHTTPResource
    URI service;

    @Inject
    RecentLines lines;

    private final BoardSpec board = aBoard("access-log").build();
    private final String id = UUID.randomUUID().toString();
    private LaurelApi api;

    @BeforeEach
    void aBoardWithAPlayer() {
        api = new LaurelApi(service);
        api.putBoard(board);
        api.submit(board.id(), ScoreEvent.of("someone-secret", "10")).expect(200);
    }

    /** The only line of the request that is called so. */
    private JsonNode line() {
        await().atMost(PATIENCE).until(() -> !lines.with(id).isEmpty());
        List<String> found = lines.with(id);
        assertThat(found).hasSize(1);
        return json(found.get(0));
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    @Test
    void aReadIsNamedByItsOperation() {
        Reply reply = api.top(
                board.id(),
                Period.ALL_TIME,
                "limit=7",
                "X-Request-Id",
                id,
                "traceparent",
                "00-" + TRACE + "-00f067aa0ba902b7-01",
                "X-Forwarded-For",
                "203.0.113.9, 198.51.100.7");
        reply.expect(200);

        JsonNode line = line();
        assertThat(line.path("method").asText()).isEqualTo("GET");
        assertThat(line.path("path").asText()).isEqualTo("/api/v1/boards/{board}/rankings/{period}");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("bytes").asInt()).isEqualTo(reply.bytes().length);
        assertThat(line.path("durationMs").asDouble()).isPositive();
        assertThat(line.path("tenant").asInt()).isEqualTo(1);
        assertThat(line.path("client").asText()).isEqualTo("198.51.100.7");
        assertThat(line.path("traceId").asText()).hasSize(TRACE.length());
        assertThat(line.path("aborted").isMissingNode()).isTrue();
        assertThat(line.toString()).doesNotContain(board.id(), "limit");
    }

    @Test
    void theCallerIsNamedAlsoWhereItIsRefusedAndAPlayerIsNot() {
        String token = TestTokens.signed(TestTokens.claims("ops-" + id, "read"));
        api.get("/api/v1/admin/keys", "X-Request-Id", id, "Authorization", "Bearer " + token)
                .expect(403);
        JsonNode refused = line();
        assertThat(refused.path("callerKind").asText()).isEqualTo("TOKEN");
        assertThat(refused.path("caller").asText()).isEqualTo("ops-" + id);

        String player = "player-" + id;
        String own = TestTokens.signed(TestTokens.claims(player, "player"));
        String request = UUID.randomUUID().toString();
        api.get("/api/v1/boards", "X-Request-Id", request, "Authorization", "Bearer " + own)
                .expect(403);
        await().atMost(PATIENCE).until(() -> !lines.with(request).isEmpty());
        assertThat(lines.with(request).get(0))
                .contains("\"callerKind\":\"TOKEN\"")
                .doesNotContain(player);
    }

    @Test
    void aPlayerIsNotNamed() {
        api.player(board.id(), Period.ALL_TIME, "someone-secret", "with=metrics")
                .expect(200);
        api.get("/api/v1/boards/" + board.id() + "/rankings/all-time/players/someone-secret", "X-Request-Id", id);

        line();
        assertThat(lines.with("someone-secret")).isEmpty();
    }

    @Test
    void aRequestThatReachesNoOperationHasALine() {
        api.get("/api/v1/no-such/" + id, "X-Request-Id", id).expect(404);

        assertThat(line().path("path").asText()).doesNotContain(id);
    }

    @Test
    void aRefusedHostHasALine() throws IOException {
        RawHttp.exchange(service, """
                        GET /api/v1/boards HTTP/1.1\r
                        Host: other.example\r
                        X-Request-Id: %s\r
                        Connection: close\r
                        \r
                        """.formatted(id));

        assertThat(line().path("path").asText()).startsWith("/");
    }

    @Test
    void aHostileNameIsNotWritten() throws IOException {
        RawHttp.exchange(service, """
                        GET /api/v1/boards/%%0a%%22%%7d/%s HTTP/1.1\r
                        Host: localhost\r
                        X-Request-Id: %s"}{"status":200\r
                        traceparent: 00-%s"-x-01\r
                        User-Agent: %s\r
                        Connection: close\r
                        \r
                        """.formatted(id, id, id, id));
        String after = UUID.randomUUID().toString();
        api.get("/api/v1/boards", "X-Request-Id", after).expect(200);

        await().atMost(PATIENCE).until(() -> !lines.with(after).isEmpty());
        assertThat(lines.with(id)).isEmpty();
    }

    @Test
    void everyLineIsJson() {
        api.get("/api/v1/boards", "X-Request-Id", id).expect(200);
        line();

        assertThat(lines.all())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(json(line).path("time").asText()).isNotEmpty());
    }
}
