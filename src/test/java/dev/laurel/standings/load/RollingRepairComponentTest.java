package dev.laurel.standings.load;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.board.Boards;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.standings.redis.RedisKeys;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Rolling windows have no row of their own in PostgreSQL, and are healed in Redis all the same. */
@QuarkusTest
class RollingRepairComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    RedisLinks redis;

    @Inject
    Boards boards;

    @Inject
    RollingWindows rolling;

    @Inject
    RedisKeys keys;

    private final BoardSpec board = aBoard("rolling-repair")
            .keeping(Set.of(Period.DAILY, Period.LAST_7_DAYS))
            .build();
    private LaurelApi api;
    private WindowRef week;

    @BeforeEach
    void aRankingInRedis() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        api.submit(board.id(), ScoreEvent.of("ann", "10")).expect(200);
        api.submit(board.id(), ScoreEvent.of("bob", "20")).expect(200);
        week = rolling.inUse(OnEventLoop.await(() -> boards.get(board.id()))).get(0);
        awaitRanking("REDIS", "bob", "ann");
    }

    @Test
    void theTailOfASilentProcessIsCarried() {
        loseBob();
        awaitRanking("REDIS", "ann");

        StoredRows.column(
                "INSERT INTO replica (id, seen_at) VALUES (?, now() - interval '5 seconds') RETURNING id",
                "crashed-" + board.id());

        awaitRanking("REDIS", "bob", "ann");
    }

    @Test
    void theAuditComparesThem() {
        loseBob();
        awaitRanking("REDIS", "ann");

        JsonNode report = api.post("/api/v1/admin/audit?board=" + board.id(), "")
                .expect(200)
                .json();

        assertThat(report.findValuesAsText("period")).contains("last_7_days");
        awaitRanking("REDIS", "bob", "ann");
    }

    @Test
    void whatAnotherProcessCouldNotCarryIsLoadedAnew() {
        loseBob();

        StoredRows.column(
                "INSERT INTO stale_window (board_id, period, window_key, marks, since)"
                        + " SELECT id, 7, ?, 1, now() FROM board WHERE name = ? RETURNING board_id",
                week.key(),
                board.id());

        awaitRanking("REDIS", "bob", "ann");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(StoredRows.number(
                        "SELECT count(*) FROM stale_window s JOIN board b ON b.id = s.board_id WHERE b.name = ?",
                        board.id()))
                .isZero());
    }

    @Test
    void theirKeysHaveAnEnd() {
        for (String key : keys.of(week.by(0))) {
            assertThat(send(Command.PTTL, key).toLong())
                    .as("milliseconds left of %s", key)
                    .isBetween(
                            Duration.ofMinutes(59).toMillis(),
                            Duration.ofHours(27).toMillis());
        }
    }

    /** As if a process had ended between its commit and its call of Redis. */
    private void loseBob() {
        List<String> own = keys.of(week.by(0));
        String member = send(Command.ZRANGE, own.get(0), "0", "0").get(0).toString();
        assertThat(member).endsWith("bob");
        send(Command.ZREM, own.get(0), member);
        send(Command.HDEL, own.get(1), "bob");
    }

    /** The near cache keeps an answer for a moment when nobody says that it has changed. */
    private void awaitRanking(String source, String... players) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode ranking =
                    api.top(board.id(), Period.LAST_7_DAYS, "").expect(200).json();
            assertThat(ranking.path("source").asText()).isEqualTo(source);
            assertThat(ranking.path("entries").findValuesAsText("playerId")).containsExactly(players);
        });
    }

    private Response send(Command command, String... arguments) {
        Request request = Request.cmd(command);
        List.of(arguments).forEach(request::arg);
        return OnEventLoop.await(() -> redis.send(arguments[0], request));
    }
}
