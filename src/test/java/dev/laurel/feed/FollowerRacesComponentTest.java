package dev.laurel.feed;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** One process at a time works at a shard, and another one takes over what a dead one has kept. */
@QuarkusTest
class FollowerRacesComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    Tally tally;

    @Inject
    Sql sql;

    @Inject
    FeedConfig config;

    @Inject
    MeterRegistry meters;

    private final BoardSpec board = aBoard("raced").allTime().build();
    private LaurelApi api;
    private int id;

    @BeforeEach
    void watch() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        id = tally.watch(board.id());
    }

    @Test
    void severalProcessesOnOneShardDoEverythingOnce() {
        List<FollowerTurn> processes = IntStream.range(0, 3)
                .mapToObj(n -> new FollowerTurn(sql, new FollowerTable(sql, config), config, meters))
                .toList();
        StoredRows.change(
                "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)"
                        + " SELECT ?, 'p' || n, 1, 0, now() FROM generate_series(1, 3000) n",
                id);

        OnEventLoop.await(() -> Uni.join()
                .all(IntStream.range(0, 30)
                        .mapToObj(n -> processes.get(n % 3).run(tally, ShardKey.of(id)))
                        .toList())
                .usingConcurrencyOf(3)
                .andFailFast());

        await().atMost(PATIENCE).until(() -> Tally.counted(id) == 3000);
        assertThat(Tally.different(id)).isEqualTo(3000);
    }

    @Test
    void aShardThatSomebodyWorksAtIsLeftAlone() throws SQLException {
        try (Connection other = EmbeddedStores.current().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM follower WHERE name = '" + Tally.NAME + "' AND shard = " + ShardKey.of(id)
                    + " FOR UPDATE");

            FollowerTurn turn = new FollowerTurn(sql, new FollowerTable(sql, config), config, meters);
            assertThat(OnEventLoop.await(() -> turn.run(tally, ShardKey.of(id))))
                    .isEqualTo(Outcome.ELSEWHERE);
        }
    }

    @Test
    void theLeaseOfADeadProcessRunsOutWithinSeconds() {
        long began = System.nanoTime();
        int leased = StoredRows.change(
                "UPDATE follower SET token = 'dead', leased_until = now() + interval '2 seconds'"
                        + " WHERE name = ? AND shard = ?",
                Tally.NAME,
                ShardKey.of(id));
        assertThat(leased).isOne();

        api.submit(board.id(), ScoreEvent.of("ann", "1")).expect(200);

        await().atMost(PATIENCE).until(() -> Tally.counted(id) == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1_000));
    }
}
