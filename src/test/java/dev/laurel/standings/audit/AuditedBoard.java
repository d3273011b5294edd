package dev.laurel.standings.audit;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A board of one window in both stores, and the ways to break and to audit it. */
abstract class AuditedBoard {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    RedisLinks redis;

    @Inject
    Boards boards;

    @Inject
    StandingsAdmin standings;

    BoardSpec board = aBoard("audited").allTime().build();
    LaurelApi api;
    String set;
    String hash;

    /** Players p0, p1 and so on; the higher the number, the better. */
    void aRankingOf(int players) {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        submitAll(IntStream.range(0, players).boxed().toList());
        String base =
                "laurel:{b" + StoredRows.number("SELECT id FROM board WHERE name = ?", board.id()) + "}:all_time:0";
        set = base + ":set";
        hash = base + ":hash";
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.top(board.id(), Period.ALL_TIME, "")
                        .expect(200)
                        .json()
                        .path("source")
                        .asText())
                .isEqualTo("REDIS"));
    }

    /** One event for each of these players, worth the player's number. */
    void submitAll(List<Integer> players) {
        String scores = players.stream()
                .map(number -> "{\"playerId\":\"p" + number + "\",\"score\":" + number + "}")
                .collect(Collectors.joining(","));
        api.post("/api/v1/boards/" + board.id() + "/scores/batch", "{\"scores\":[" + scores + "]}")
                .expect(200);
    }

    JsonNode audit() {
        return api.post("/api/v1/admin/audit?board=" + board.id(), "")
                .expect(200)
                .json();
    }

    JsonNode status() {
        return api.get("/api/v1/admin/status").expect(200).json();
    }

    WindowRef window() {
        return OnEventLoop.await(() -> found().chain(standings::liveWindows).map(windows -> windows.get(0)));
    }

    io.smallrye.mutiny.Uni<Board> found() {
        return boards.get(board.id());
    }

    /** Set and hash as they are. */
    String content() {
        return send(Command.ZRANGE, set, "0", "-1", "WITHSCORES") + " "
                + new java.util.TreeSet<>(java.util.Arrays.asList(
                        send(Command.HGETALL, hash).toString().split("[,{}\\[\\]] ?")));
    }

    String tieOf(String player) {
        return held(player).split(":")[2];
    }

    String held(String player) {
        return send(Command.HGET, hash, player).toString();
    }

    Response send(Command command, String... arguments) {
        Request request = Request.cmd(command);
        List.of(arguments).forEach(request::arg);
        return OnEventLoop.await(() -> redis.send(arguments[0], request));
    }
}
