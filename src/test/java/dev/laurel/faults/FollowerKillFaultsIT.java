package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** {@code kill -9} of two processes that both accept events and follow them: each event has its effect once. */
@ExtendWith(Stage.Provider.class)
class FollowerKillFaultsIT {
    private static final int PROCESSES = 2;
    private static final int WRITERS = 12;
    private static final Duration CAUGHT_UP = Duration.ofMinutes(2);

    /** What the ledger holds that the follower has not counted, or counted twice, by the days of the boards, all in UTC. */
    private static final String DIFFERENCES = """
            WITH ledger AS (
                SELECT e.board_id, (to_timestamp(e.occurred_ms / 1000.0) AT TIME ZONE 'UTC')::date AS day,
                    count(*) AS events, count(DISTINCT e.player_id) AS players
                FROM score_event e JOIN board b ON b.id = e.board_id WHERE b.name = ANY(?) GROUP BY 1, 2)
            SELECT count(*), sum(l.events), sum(d.events) FROM ledger l
            FULL JOIN (SELECT d.* FROM board_day d JOIN board b ON b.id = d.board_id WHERE b.name = ANY(?)) d
              ON d.board_id = l.board_id AND d.day = l.day
            WHERE l.events IS DISTINCT FROM d.events OR l.players IS DISTINCT FROM d.players""";

    private final int kills = FaultSettings.figure("follower-kills", 1, 200);
    private final int players = FaultSettings.figure("kill-players", 300, 2_000);

    @Test
    void everyEventHasItsEffectOnce(Stage stage) throws IOException, SQLException {
        SplittableRandom random = FaultSettings.random("follower-kill");
        try (Replicas replicas = new Replicas(stage, "follower", PROCESSES, Map.of());
                Scene scene = Scene.of("follower-kill", stage, players)) {
            stage.dismissService();
            scene.begin(replicas.addresses(), WRITERS, 0);
            for (int kill = 1; kill <= kills; kill++) {
                int victim = random.nextInt(PROCESSES);
                replicas.awaitReady(victim);
                Load.pause(50 + random.nextInt(1_500));
                replicas.get(victim).kill();
                replicas.startAgain(victim);
                if (kill % 20 == 0) {
                    scene.say("kill %d of %d", kill, kills);
                }
            }
            replicas.awaitReady();
            long since = scene.findings().acknowledged.get();
            scene.load().awaitMore(scene.findings().acknowledged, since);
            scene.load().close();
            long ended = System.nanoTime();
            awaitEqual(stage, scene.contests());
            scene.say(
                    "%d kills; all effects once, caught up within %d ms; %s",
                    kills, Duration.ofNanos(System.nanoTime() - ended).toMillis(), scene.findings());
            scene.findings().assertNone();
        }
    }

    private static void awaitEqual(Stage stage, List<Contest> contests) throws IOException, SQLException {
        Object[] boards = contests.stream().map(contest -> contest.board().id()).toArray();
        try (Connection connection = stage.stores().connect();
                PreparedStatement statement = connection.prepareStatement(DIFFERENCES)) {
            statement.setArray(1, connection.createArrayOf("text", boards));
            statement.setArray(2, connection.createArrayOf("text", boards));
            await().atMost(CAUGHT_UP).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
                try (ResultSet found = statement.executeQuery()) {
                    found.next();
                    assertThat(found.getLong(1))
                            .as(
                                    "days that differ, with %d events in the ledger and %d counted; the seed is %d",
                                    found.getLong(2), found.getLong(3), FaultSettings.SEED)
                            .isZero();
                }
            });
        }
    }
}
