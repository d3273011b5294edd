package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.platform.embedded.PostgresAddress;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Receiver;
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

/** What the packaged program tells operators of its requests, and whom it tells of its faults. */
class ObservationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path place;

    private static KillableStores stores;
    private static Receiver sentry;
    private static PackagedProgram program;
    private static LaurelApi api;

    @BeforeAll
    static void start() throws IOException {
        stores = KillableStores.start(place.resolve("stores"));
        sentry = new Receiver();
        Map<String, String> environment = new HashMap<>(stores.environment());
        environment.put("LAUREL_SENTRY_DSN", "http://key@localhost:" + sentry.port() + "/1");
        environment.put("LAUREL_SENTRY_ENVIRONMENT", "a-test");
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
}
