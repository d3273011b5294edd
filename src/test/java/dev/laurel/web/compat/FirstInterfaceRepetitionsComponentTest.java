package dev.laurel.web.compat;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/** The first interface is safe to repeat. */
@QuarkusTest
class FirstInterfaceRepetitionsComponentTest {
    private static final String BASE = "/api/redis-leaderboard";
    private static final Duration HEALED = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    private final String suffix = "-" + UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice" + suffix;
    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    @Test
    void aRepeatedUpdateCountsOnceAndIsAnsweredAsTheFirstTime() {
        JsonNode first = update(alice, 3, "k1").expect(200).json();
        update(alice, 4, "k2").expect(200);

        JsonNode again = update(alice, 3, "k1").expect(200).json();

        assertThat(again.path("daily_pomo").asLong()).isEqualTo(3);
        assertThat(again.path("updated_at")).isEqualTo(first.path("updated_at"));
        assertThat(user().path("yearly_pomo").asLong()).isEqualTo(7);
    }

    @Test
    void theKeyOfAnotherUpdateIsRefused() {
        update(alice, 3, "k1").expect(200);

        assertProblem(update(alice, 4, "k1"), 409);
        assertProblem(update("bob" + suffix, 3, "k1"), 409);
        assertProblem(update(alice, 3, "not a key"), 422, "Idempotency-Key");
        assertThat(user().path("yearly_pomo").asLong()).isEqualTo(3);
    }

    @Test
    void anEmptyKeyMakesNothingSafeAndIsRefused() {
        for (String key : new String[] {"", " "}) {
            String update = "{\"user_id\":\"" + alice + "\",\"count\":3}";
            assertProblem(api.post(BASE + "/update", update, "Idempotency-Key", key), 422, "Idempotency-Key");
            assertProblem(api.post(BASE + "/admin/reset/daily", "", "Idempotency-Key", key), 422, "Idempotency-Key");
        }
        assertProblem(api.get(BASE + "/user/" + alice), 404);
    }

    @Test
    void aRepeatedResetIsAnsweredAsTheFirstTime() {
        update(alice, 3, "k1").expect(200);
        JsonNode first = reset("daily", "", "r").expect(200).json();
        update(alice, 4, "k2").expect(200);

        JsonNode again = reset("daily", "", "r").expect(200).json();

        assertThat(again).isEqualTo(first);
        assertThat(first.fieldNames()).toIterable().containsExactly("period", "window", "archived");
        assertThat(user().path("daily_pomo").asLong()).isEqualTo(4);
        assertProblem(reset("weekly", "", "r"), 409);
        JsonNode entry = api.get("/api/v1/admin/boards/pomodoro/log?limit=1")
                .expect(200)
                .json()
                .at("/items/0");
        assertThat(entry.path("action").asText()).isEqualTo("RESET");
        assertThat(entry.path("author").asText()).isEqualTo("redis-leaderboard");
        assertThat(entry.path("window")).isEqualTo(first.path("window"));
    }

    @Test
    void aResetOfAWindowThatIsNotRunningIsRefused() {
        update(alice, 3, "k1").expect(200);

        assertProblem(reset("daily", "?window=2020-01-01", "old"), 409);
        assertProblem(reset("daily", "?window=today", "bad"), 422, "window");
        assertThat(user().path("daily_pomo").asLong()).isEqualTo(3);
    }

    @Test
    void aResetThatCannotBeginInTimeIsRefusedAndUndone() throws SQLException {
        update(alice, 3, "k1").expect(200);
        long started = System.nanoTime();
        Reply refused;
        try (Connection connection = EmbeddedStores.current().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // As a batch of events that does not end.
            statement.execute("SELECT pg_advisory_xact_lock_shared(76, id) FROM board "
                    + "WHERE name = 'pomodoro' AND deleted_at IS NULL");
            refused = reset("daily", "", "stuck");
            connection.rollback();
        }

        assertProblem(refused, 503);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(25));
        assertThat(user().path("daily_pomo").asLong()).isEqualTo(3);
        await().atMost(HEALED)
                .untilAsserted(
                        () -> assertThat(reset("daily", "", "stuck").status()).isEqualTo(200));
        assertThat(user().path("daily_pomo").asLong()).isZero();
    }

    @Test
    void aResetThatCannotBeFinishedInTimeGoesOn() throws SQLException {
        update(alice, 3, "k1").expect(200);
        Reply late;
        try (Connection connection = EmbeddedStores.current().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // As another replica that is writing a long archive of this board.
            statement.execute(
                    "SELECT pg_advisory_xact_lock(77, id) FROM board WHERE name = 'pomodoro' AND deleted_at IS NULL");
            late = reset("daily", "", "long");
            connection.rollback();
        }

        assertProblem(late, 503);
        assertThat(late.json().path("detail").asText()).contains("has been reset");
        assertThat(user().path("daily_pomo").asLong()).isZero();
        await().atMost(HEALED).untilAsserted(() -> {
            JsonNode again = reset("daily", "", "long").expect(200).json();
            assertThat(again.path("archived").asLong()).isPositive();
        });
    }

    private Reply update(String user, long count, String key) {
        return api.post(
                BASE + "/update",
                "{\"user_id\":\"%s\",\"count\":%d}".formatted(user, count),
                "Idempotency-Key",
                key + suffix);
    }

    private Reply reset(String period, String query, String key) {
        return api.post(BASE + "/admin/reset/" + period + query, "", "Idempotency-Key", key + suffix);
    }

    private JsonNode user() {
        return api.get(BASE + "/user/" + alice).expect(200).json();
    }
}
