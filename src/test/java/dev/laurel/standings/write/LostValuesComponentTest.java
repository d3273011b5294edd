package dev.laurel.standings.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.board.Boards;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.standings.write.WriteResult.Outcome;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A better submission without a value of a further metric takes that value from its player, in Redis too. */
@QuarkusTest
class LostValuesComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    RedisStandings redis;

    @Inject
    Boards boards;

    @Inject
    StandingsAdmin standings;

    private final String board = "lost-" + UUID.randomUUID();
    private LaurelApi api;
    private WindowRef window;

    @BeforeEach
    void aMetricThatSubmissionsMayLeaveOut() {
        api = new LaurelApi(service);
        String path = "/api/v1/boards/" + board;
        api.put(path, "{\"title\":\"Lost\",\"operator\":\"BEST\",\"periods\":[\"ALL_TIME\"],\"metrics\":[\"score\"]}")
                .expect(201);
        submit("first", "1", "");
        api.patch(path, "{\"metrics\":[\"score\",\"later\"]}").expect(200);
        submit("bob", "10", ",\"metrics\":{\"later\":5}");
        submit("ann", "10", ",\"metrics\":{\"later\":5}");
        window = OnEventLoop.await(
                () -> boards.get(board).chain(standings::liveWindows).map(windows -> windows.get(0)));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ranked()).isEqualTo(2));
    }

    /** Two replicas, and the one that has committed first is the last to reach Redis. */
    @Test
    void anOlderEventThatArrivesLaterDoesNotBringItBack() {
        submit("ann", "20", "");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ranked()).isOne());

        apply(new WriteResult(
                Outcome.APPLIED, 1, List.of(standing("ann", window.by(0), 10), standing("ann", window.by(1), 5))));

        assertThat(ranked()).isOne();
        // Somebody of whom Redis has nothing newer is taken.
        apply(new WriteResult(
                Outcome.APPLIED, 1, List.of(standing("eve", window.by(0), 9), standing("eve", window.by(1), 9))));
        assertThat(ranked()).isEqualTo(2);
    }

    @Test
    void aProcessThatDiesBeforeItHasToldRedisLeavesNothingBehind() throws SQLException {
        submit("bob", "20", "");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ranked()).isOne());
        execute("INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)"
                + " SELECT id, 'ann', 20, 0, now() FROM board WHERE name = '" + board + "'");
        execute("UPDATE standing s SET version = s.version + 1, a_score = 20, a_more = '{NULL,NULL}' FROM board b"
                + " WHERE b.id = s.board_id AND s.player_id = 'ann' AND b.name = '" + board + "'");
        assertThat(ranked()).isOne();

        execute("INSERT INTO replica (id, seen_at) VALUES ('" + board + "', now() - interval '5 seconds')");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ranked()).isZero());
    }

    private void apply(WriteResult result) {
        OnEventLoop.await(() -> redis.apply(List.of(result), event -> Report.RANKS));
    }

    private static WindowStanding standing(String player, RankingRef ranking, long score) {
        return new WindowStanding(ranking, new Standing(player, score, 1), false);
    }

    private void submit(String player, String score, String more) {
        api.submit(board, "{\"playerId\":\"" + player + "\",\"score\":" + score + more + "}")
                .expect(200);
    }

    private int ranked() {
        var ranking =
                api.top(board, Period.ALL_TIME, "metric=later").expect(200).json();
        assertThat(ranking.path("source").asText()).isEqualTo("REDIS");
        return ranking.path("total").asInt();
    }

    private static void execute(String statement) throws SQLException {
        try (Connection connection = EmbeddedStores.current().connect();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
