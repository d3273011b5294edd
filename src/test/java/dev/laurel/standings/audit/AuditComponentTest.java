package dev.laurel.standings.audit;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Archive;
import dev.laurel.shared.Period;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.RunningStores;
import dev.laurel.testing.StoredRows;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The audit beside writers, resets, other replicas, and stores that are away. */
@QuarkusTest
class AuditComponentTest extends AuditedBoard {
    private static final int PLAYERS = 700;
    private static final Duration SHORT = Duration.ofMillis(20);

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Archive archive;

    @Inject
    WindowAudits audits;

    @Inject
    AuditReads reads;

    @Inject
    AuditRepair repair;

    @Inject
    Scheduler scheduler;

    private final RunningStores stores = EmbeddedStores.current();

    @BeforeEach
    void aRanking() {
        aRankingOf(PLAYERS);
    }

    @AfterEach
    void redisIsThere() {
        stores.resumeRedis();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(status().path("status").asText()).isEqualTo("OK"));
    }

    @Test
    void whatIsInMotionIsNoDifference() {
        CompletableFuture<Void> writers = CompletableFuture.allOf(writer(1), writer(2));
        int runs = 0;
        long compared = 0;
        do {
            JsonNode report = audit();
            assertThat(report.path("rowsDifferent").asLong()).as("%s", report).isZero();
            compared += report.path("rowsCompared").asLong();
            runs++;
            if (runs == 2) {
                OnEventLoop.await(() -> found().chain(one -> archive.reset(one, Period.ALL_TIME)));
            }
        } while (!writers.isDone() || runs < 4);
        writers.join();

        assertThat(compared).isGreaterThan(PLAYERS);
        awaitEqual();
    }

    /** Soon: the new generation of a window is loaded when somebody asks for it. */
    private void awaitEqual() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        audit().path("windows").get(0).path("outcome").asText())
                .isEqualTo("EQUAL"));
    }

    /** Players who are there, and new ones. */
    private CompletableFuture<Void> writer(int seed) {
        Random random = new Random(seed);
        return CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 60; i++) {
                submitAll(IntStream.range(0, 50)
                        .map(n -> random.nextInt(2 * PLAYERS))
                        .boxed()
                        .toList());
            }
        });
    }

    @Test
    void aWindowClosedMeanwhileIsNoDifference() {
        WindowRef window = window();
        OnEventLoop.await(() -> found().chain(one -> archive.reset(one, Period.ALL_TIME)));

        WindowAudit result = compare(window);

        assertThat(result.outcome()).isEqualTo(Outcome.CLOSED);
        assertThat(result.different()).isZero();
    }

    @Test
    void playersWhoLeavePostgresWithTheirWindowAreNoGhosts() throws SQLException {
        WindowRef window = window();
        String tie = tieOf("p10");
        send(Command.ZADD, set, "-10", tie + "ghost");
        send(Command.HSET, hash, "ghost", "1:-10:" + tie);
        execute("UPDATE board_window SET state = 'CLOSING' WHERE board_id = "
                + window.board().id());
        WindowAudit closing = compare(window);
        execute("UPDATE board_window SET state = 'OPEN' WHERE board_id = "
                + window.board().id());

        assertThat(closing.outcome()).isEqualTo(Outcome.CLOSED);
        assertThat(closing.different()).isZero();
        assertThat(compare(window).outcome()).isEqualTo(Outcome.REBUILT);
    }

    @Test
    void whatNobodyReadsFromRedisIsNotCompared() {
        send(Command.HSET, hash, "!", "another-life");

        JsonNode window = audit().path("windows").get(0);

        // The warmer may have been quicker.
        assertThat(window.path("outcome").asText()).isIn("NOT_LOADED", "EQUAL");
        assertThat(window.path("rowsDifferent").asLong()).isZero();
    }

    @Test
    void withoutRedisTheRunFailsAndSaysSo() {
        long failures = failures();
        stores.pauseRedis();

        assertProblem(api.post("/api/v1/admin/audit?board=" + board.id(), ""), 503);

        assertThat(failures()).isEqualTo(failures + 1);
        JsonNode status = status();
        assertThat(status.path("status").asText()).isEqualTo("DEGRADED");
        assertThat(status.at("/stores/redis/healthy").asBoolean()).isFalse();
        assertThat(status.at("/stores/postgres/healthy").asBoolean()).isTrue();
        assertThat(status.at("/windows/loaded").isNull()).isTrue();
        assertThat(status.at("/audit/lastFailure").asText()).startsWith("20");

        stores.resumeRedis();
        awaitEqual();
    }

    private static long failures() {
        return StoredRows.number("SELECT count(*) FROM job_run WHERE job = 'audit' AND failure IS NOT NULL");
    }

    @Test
    void eachWindowIsComparedByOneProcessAtATime() {
        WindowRef window = window();
        int id = window.board().id();

        List<List<WindowRef>> claims = OnEventLoop.awaitAll(4, () -> audits.claim(id, Duration.ZERO, Long.MAX_VALUE));

        assertThat(claims.stream().flatMap(List::stream)).hasSize(1);
        assertThat(audit().path("windows")).isEmpty();
        OnEventLoop.await(() -> audits.release(List.of(window)));
        assertThat(audit().path("windows")).hasSize(1);
        assertThat(OnEventLoop.await(() -> audits.claim(id, Duration.ofMinutes(1), Long.MAX_VALUE)))
                .as("compared just now")
                .isEmpty();
    }

    @Test
    void aDifferenceThatIsNotRepairedGetsOlder() {
        audit();
        WindowRef window = window();
        OnEventLoop.await(() -> audits.differs(window));

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode audit = status().path("audit");
            assertThat(audit.path("windowsDiffering").asLong()).isEqualTo(1);
            assertThat(audit.path("oldestDifferenceSeconds").asLong()).isPositive();
        });
        assertThat(oldestDifference()).isPositive();

        assertThat(audit().path("rowsDifferent").asLong()).isZero();
        assertThat(status().at("/audit/oldestDifferenceSeconds").isNull()).isTrue();
        assertThat(oldestDifference()).isZero();
    }

    private double oldestDifference() {
        return new LaurelApi(management)
                .get("/q/metrics")
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.startsWith("laurel_audit_oldest_difference"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void allBoardsAreComparedInTurn() {
        // Each of half a million rows, which is as much as one run compares.
        allWereCompared("1 hour");
        allWereCompared("2 hours", board.id());

        JsonNode windows =
                api.post("/api/v1/admin/audit", "").expect(200).json().path("windows");

        assertThat(windows.findValuesAsText("board"))
                .as("the one not compared for the longest")
                .containsExactly(board.id());
        assertThat(scheduler.getScheduledJob("audit")).isNotNull();
        JsonNode status = status();
        assertThat(status.at("/windows/open").asLong()).isPositive();
        assertThat(status.at("/windows/loaded").asLong()).isPositive();
        // Of a cluster one for each master.
        assertThat(status.at("/stores/redis/life").asText()).matches("[0-9a-f]{40}( [0-9a-f]{40}){0,2}");
    }

    private static void allWereCompared(String ago, String... boards) {
        StoredRows.change(
                "INSERT INTO window_audit (board_id, period, window_key, begun_at, compared)"
                        + " SELECT w.board_id, w.period, w.window_key, now() - ?::interval, 500000"
                        + " FROM board_window w JOIN board b ON b.id = w.board_id"
                        + " WHERE w.state = 'OPEN' AND (cardinality(?::text[]) = 0 OR b.name = ANY (?::text[]))"
                        + " ON CONFLICT (board_id, period, window_key) DO UPDATE SET begun_at = excluded.begun_at, compared = excluded.compared",
                ago,
                boards,
                boards);
    }

    @Test
    void aBoardThatIsNotThereIsRefused() {
        assertProblem(api.post("/api/v1/admin/audit?board=nobody-knows-it", ""), 404);
        assertProblem(api.post("/api/v1/admin/audit?board=%20", ""), 422);
    }

    private WindowAudit compare(WindowRef window) {
        return OnEventLoop.await(() -> new AuditPass(reads, repair, SHORT, window.by(0)).run());
    }

    private void execute(String statement) throws SQLException {
        try (var connection = stores.connect();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
