package dev.laurel.standings.load;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.board.Boards;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.topology.MastersChanged;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.ScoreEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** What a crashed process has committed and not carried to Redis is found and carried there. */
@QuarkusTest
class TailRepairComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity"
            + " WHERE query LIKE '%apply_scores%' AND wait_event_type = 'Lock' AND state = 'active'";

    @TestHTTPResource
    URI service;

    @Inject
    RedisLinks redis;

    @Inject
    Event<MastersChanged> others;

    @Inject
    MeterRegistry meters;

    @Inject
    Boards boards;

    @Inject
    StandingsAdmin standings;

    @Inject
    StandingsSync sync;

    private final BoardSpec board = aBoard("repair").build();
    private LaurelApi api;

    @BeforeEach
    void twoPlayers() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        api.submit(board.id(), ScoreEvent.of("ann", "10")).expect(200);
        api.submit(board.id(), ScoreEvent.of("bob", "20")).expect(200);
    }

    @Test
    void theTailOfASilentProcessIsCarriedToRedis() throws SQLException {
        assertThat(players()).isEqualTo(2);
        loseInRedis("bob");
        // The near cache keeps an answer for a moment when nobody says that it has changed.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(players()).isEqualTo(1));

        aProcessFellSilent("crashed-" + board.id());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(players()).isEqualTo(2));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(repaired()).isOne());
        assertThat(meters.counter(Meters.REPAIRED).count()).isPositive();
        var crashes = api.get("/api/v1/admin/status").expect(200).json().at("/repairs/crashes");
        assertThat(crashes.path("found").asLong()).isPositive();
        assertThat(crashes.path("standings").asLong()).isPositive();
        assertThat(crashes.path("last").asText()).startsWith("20");
        secondsPass(13);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(replicas()).isZero());
    }

    @Test
    void whatADeposedMasterHasTakenIsCarriedToTheNewOne() throws SQLException {
        loseInRedis("bob");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(players()).isEqualTo(1));

        others.fireAsync(new MastersChanged());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(players()).isEqualTo(2));
    }

    @Test
    void whatPostgresCommitsForADeadProcessIsCarriedToRedisByTheSecondLook() throws SQLException {
        loseInRedis("bob");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(players()).isEqualTo(1));
        try (Connection dead = EmbeddedStores.current().connect();
                Statement statement = dead.createStatement()) {
            dead.setAutoCommit(false);
            statement.execute("INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)"
                    + " SELECT id, 'eve', 30, 0, now() FROM board WHERE name = '" + board.id() + "'");
            statement.execute("INSERT INTO standing (board_id, player_id, version, a_window, a_score, a_at)"
                    + " SELECT id, 'eve', 1, 0, 30, 0 FROM board WHERE name = '" + board.id() + "'");
            aProcessFellSilent("crashed-" + board.id());
            // The first look carries what it finds, and cannot see what is not committed.
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(repaired()).isOne());
            assertThat(players()).isEqualTo(2);

            dead.commit();
        }
        assertThat(players()).isEqualTo(2);
        secondsPass(11);
        assertThat(replicas()).isOne();
        secondsPass(2);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(players()).isEqualTo(3));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(replicas()).isZero());
    }

    @Test
    void aStatementThatWaitsIsEndedBeforeTheSecondLook() throws SQLException {
        try (Connection other = EmbeddedStores.current().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM standing s JOIN board b ON b.id = s.board_id WHERE b.name = '" + board.id()
                    + "' FOR UPDATE OF s");

            assertProblem(api.submit(board.id(), ScoreEvent.of("ann", "1")), 503);
            await().atMost(Duration.ofSeconds(11))
                    .untilAsserted(() -> assertThat(number(WAITING)).isZero());

            other.rollback();
        }
        // Nothing was written, and the lane goes on.
        var answer =
                api.submit(board.id(), ScoreEvent.of("ann", "1")).expect(200).json();
        assertThat(answer.path("standings").path("ALL_TIME").path("score").asInt())
                .isEqualTo(11);
    }

    @Test
    void onlyWhatIsMissingIsCarried() throws SQLException {
        WindowRef allTime = OnEventLoop.await(
                () -> boards.get(board.id()).chain(standings::liveWindows).map(windows -> windows.get(0)));
        loseInRedis("bob");

        assertThat(OnEventLoop.await(() -> sync.apply(allTime, List.of("ann", "bob", "nobody"))))
                .isEqualTo(1);
        assertThat(OnEventLoop.await(() -> sync.apply(allTime, List.of("ann", "bob", "nobody"))))
                .isZero();
    }

    private int players() {
        var ranking =
                api.top(board.id(), Period.ALL_TIME, "limit=5").expect(200).json();
        assertThat(ranking.path("source").asText()).isEqualTo("REDIS");
        return ranking.path("total").asInt();
    }

    /** As if the process had ended between its commit and its call of Redis. */
    private void loseInRedis(String player) throws SQLException {
        String base = "laurel:{b" + number("SELECT id FROM board WHERE name = '" + board.id() + "'") + "}:all_time:0";
        String member =
                send(base, Request.cmd(Command.ZRANGE).arg(base + ":set").arg(0).arg(0));
        assertThat(member).contains(player);
        send(base, Request.cmd(Command.ZREM).arg(base + ":set").arg(member.replaceAll("[\\[\\]]", "")));
        send(base, Request.cmd(Command.HDEL).arg(base + ":hash").arg(player));
    }

    private String send(String key, Request request) {
        return redis.send(key, request).await().atMost(PATIENCE).toString();
    }

    private static void aProcessFellSilent(String id) throws SQLException {
        execute("INSERT INTO replica (id, seen_at) VALUES ('" + id + "', now() - interval '5 seconds')");
    }

    private long replicas() throws SQLException {
        return number("SELECT count(*) FROM replica WHERE id = 'crashed-" + board.id() + "'");
    }

    private long repaired() throws SQLException {
        return number("SELECT count(repaired_at) FROM replica WHERE id = 'crashed-" + board.id() + "'");
    }

    /** As if the first look had been so much earlier. */
    private void secondsPass(int seconds) throws SQLException {
        execute("UPDATE replica SET repaired_at = repaired_at - interval '" + seconds + " seconds' WHERE id = 'crashed-"
                + board.id() + "'");
    }

    private static void execute(String statement) throws SQLException {
        try (Connection connection = EmbeddedStores.current().connect();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = EmbeddedStores.current().connect();
                Statement sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
