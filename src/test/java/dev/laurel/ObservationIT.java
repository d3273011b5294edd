package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.platform.embedded.PostgresAddress;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Receiver;
import dev.laurel.testing.ScoreEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the packaged program tells operators of its requests, and whom it tells of its faults. */
class ObservationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path place;

    private static KillableStores stores;
    private static Receiver sentry;
    private static Receiver collector;
    private static PackagedProgram program;
    private static LaurelApi api;

    @BeforeAll
    static void start() throws IOException {
        stores = KillableStores.start(place.resolve("stores"));
        sentry = new Receiver();
        collector = new Receiver();
        Map<String, String> environment = new HashMap<>(stores.environment());
        environment.put("LAUREL_SENTRY_DSN", "http://key@localhost:" + sentry.port() + "/1");
        environment.put("LAUREL_SENTRY_ENVIRONMENT", "a-test");
        environment.put("LAUREL_TRACING_ENDPOINT", "http://localhost:" + collector.port());
        environment.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms");
        program = PackagedProgram.start(place, environment);
        api = program.api();
    }

    @AfterAll
    static void stop() throws IOException {
        if (program != null) {
            program.close();
        }
        if (sentry != null) {
            sentry.close();
        }
        if (collector != null) {
            collector.close();
        }
        stores.close();
    }

    private static void sql(String statement) throws SQLException, IOException {
        PostgresAddress postgres = stores.postgres();
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl(),
                        postgres.user().orElseThrow(),
                        postgres.password().orElseThrow());
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static List<String> lines(String text) throws IOException {
        return program.output().lines().filter(line -> line.contains(text)).toList();
    }

    @Test
    void requestsHaveALineOfJsonOnStandardOutput() throws IOException {
        api.get("/api/v1/boards/no-such", "X-Request-Id", "observed-1").expect(404);

        await().atMost(PATIENCE).until(() -> !lines("observed-1").isEmpty());
        assertThat(lines("observed-1")).singleElement().satisfies(line -> {
            assertThat(new ObjectMapper().readTree(line).path("path").asText()).isEqualTo("/api/v1/boards/{board}");
            assertThat(line).startsWith("{").endsWith("}");
        });
    }

    @Test
    void aFaultIsReported() throws SQLException, IOException {
        sql("ALTER TABLE challenge RENAME TO challenge_elsewhere");
        try {
            api.get("/api/v1/challenges?page=7").expect(500);
        } finally {
            sql("ALTER TABLE challenge_elsewhere RENAME TO challenge");
        }

        await().atMost(PATIENCE).until(() -> !reports().isEmpty());
        assertThat(reports()).allSatisfy(report -> assertThat(report)
                .contains("\"environment\":\"a-test\"", "SQLException", "\"stacktrace\"", "\"sqlstate\":\"42P01\"")
                .doesNotContain("page=7"));
    }

    /** Of that request; jobs may have failed, too. */
    private static List<String> reports() {
        return sentry.posts().stream()
                .map(Receiver.Post::body)
                .filter(body -> body.contains("\"transaction\":\"GET /api/v1/challenges\""))
                .toList();
    }

    @Test
    void aRequestIsATraceWithItsStatements() throws IOException {
        api.put("/api/v1/boards/traced", "{\"title\":\"Traced\"}").expect(201);
        api.submit("traced", ScoreEvent.of("ann-the-secret", "3")).expect(200);
        api.get("/api/v1/boards/traced/rankings/daily?limit=7").expect(200);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(spans())
                .contains(
                        "/api/v1/boards/{board}/rankings/{period}",
                        "/api/v1/boards/{board}/scores",
                        "redis standings",
                        "apply_scores("));
        assertThat(collector.posts()).allSatisfy(post -> assertThat(post.path()).isEqualTo("/v1/traces"));
        assertThat(spans())
                .as("without ids, and without the statements of jobs, which run every second")
                .doesNotContain("ann-the-secret", "limit=7", "/api/v1/boards/traced", "challenge_revaluation");
    }

    @Test
    void theTraceIsNamedInProblemsAndLines() throws IOException {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        String problem = api.get(
                        "/api/v1/boards/no-such-board",
                        "X-Request-Id",
                        "observed-2",
                        "traceparent",
                        "00-" + trace + "-00f067aa0ba902b7-01")
                .expect(404)
                .text();

        assertThat(problem).contains("\"traceId\":\"" + trace + "\"");
        await().atMost(PATIENCE).until(() -> !lines("observed-2").isEmpty());
        assertThat(lines("observed-2")).singleElement().asString().contains("\"traceId\":\"" + trace + "\"");
    }

    /** The names and attributes of spans stand in their binary form as text. */
    private static String spans() {
        return collector.posts().stream().map(Receiver.Post::body).collect(Collectors.joining());
    }
}
