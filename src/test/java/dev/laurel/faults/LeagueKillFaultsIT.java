package dev.laurel.faults;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.LeagueOracle;
import dev.laurel.testing.LeagueOracle.Total;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code kill -9} of the service while weeks are closed and leagues settled: every player is in one cohort each week, and
 * goes where a plain loop says. Weeks are ended by resets, so that 52 of them take minutes.
 */
@ExtendWith(Stage.Provider.class)
class LeagueKillFaultsIT {
    private static final String WHY = "{\"reason\":\"end of the week\",\"author\":\"judge-7\"}";
    private static final Duration SETTLED = Duration.ofMinutes(2);
    private static final int BATCH = 1_000;
    private static final int SIZE = 30;
    private static final int MOST_MICROS = 400_000;

    private static final String ROUNDS =
            "SELECT count(*) FROM league_round r JOIN board b ON b.id = r.board_id WHERE b.name = ?";

    private static final String RESULTS = """
            SELECT m.player_id, c.tier || '.' || c.ordinal || ' ' || m.rank || ' ' || m.outcome
                || CASE WHEN m.tied THEN '!' ELSE '' END
            FROM league_member m JOIN board b ON b.id = m.board_id LEFT JOIN league_cohort c ON c.number = m.cohort
            WHERE b.name = ? AND m.window_key & 1023 = ? ORDER BY m.entered""";

    private final int weeks = FaultSettings.figure("league-weeks", 4, 52);
    private final int players = FaultSettings.figure("league-players", 400, 10_000);

    @Test
    void everybodyIsInOneCohortAndPromotedOnce(Stage stage) throws IOException, SQLException {
        Replica service = stage.service();
        SplittableRandom random = FaultSettings.random("league-kill");
        String board = aBoard("league-kill").build().id();
        service.api()
                .putBoard(
                        board,
                        "{\"title\":\"t\",\"periods\":[\"WEEKLY\"],\"lateness\":\"PT1H\",\"leagues\":{\"size\":" + SIZE
                                + ",\"promote\":7,\"demote\":5,\"tiers\":[\"a\",\"b\",\"c\",\"d\"]}}")
                .expect(201);
        LeagueOracle oracle = new LeagueOracle(SIZE, 7, 5, 4);
        for (int week = 0; week < weeks; week++) {
            Map<String, Total> totals = play(service, board, new Random(random.nextLong()), week);
            String key = "week-" + week;
            CompletableFuture<Void> reset = CompletableFuture.runAsync(() -> reset(service, board, key));
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(MOST_MICROS)));
            service.kill();
            reset.exceptionally(killed -> null).join();
            service.start();
            reset(service, board, key);
            try (Connection connection = stage.stores().connect()) {
                int rounds = week + 1;
                long since = System.nanoTime();
                await().atMost(SETTLED).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(
                                count(connection, board))
                        .as(() -> "settled weeks; followers: "
                                + service.api()
                                        .get("/api/v1/admin/followers")
                                        .expect(200)
                                        .json())
                        .isEqualTo(rounds));
                System.out.printf(
                        "[faults] week %d of %d players settled in %d ms%n",
                        week, totals.size(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
                Map<String, String> results = results(connection, board, week);
                assertThat(results.keySet()).as("players of week %d", week).hasSameElementsAs(totals.keySet());
                assertThat(new TreeMap<>(results))
                        .as("week %d; the seed is %d", week, FaultSettings.SEED)
                        .isEqualTo(new TreeMap<>(oracle.week(List.copyOf(results.keySet()), totals)));
            }
        }
        System.out.printf("[faults] league-kill: %d weeks of %d players, killed at each close%n", weeks, players);
    }

    /** Most players, some of them with equal scores. */
    private Map<String, Total> play(Replica service, String board, Random random, int week) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < players; i++) {
            if (random.nextInt(10) > 0) {
                order.add(i);
            }
        }
        Collections.shuffle(order, random);
        Map<String, Total> totals = new HashMap<>();
        for (int from = 0; from < order.size(); from += BATCH) {
            StringBuilder events = new StringBuilder();
            for (int player : order.subList(from, Math.min(order.size(), from + BATCH))) {
                Instant now = Instant.ofEpochMilli(Instant.now().toEpochMilli());
                int score = 1 + random.nextInt(40);
                events.append("{\"playerId\":\"p%d\",\"score\":%d,\"occurredAt\":\"%s\",\"eventId\":\"w%d-p%d\"}%n"
                        .formatted(player, score, now, week, player));
                totals.put("p" + player, new Total("p" + player, score, now.toEpochMilli()));
            }
            service.api()
                    .postAs(
                            "/api/v1/boards/" + board + "/scores/batch?atomic=true",
                            "application/x-ndjson",
                            events.toString())
                    .expect(200);
        }
        return totals;
    }

    private static void reset(Replica service, String board, String key) {
        service.api()
                .post("/api/v1/admin/boards/" + board + "/windows/weekly/reset", WHY, "Idempotency-Key", key)
                .expect(200);
    }

    private static long count(Connection connection, String board) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROUNDS)) {
            statement.setString(1, board);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** In the order in which the players entered; a second row of a player would be found here. */
    private static Map<String, String> results(Connection connection, String board, int generation)
            throws SQLException {
        Map<String, String> results = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(RESULTS)) {
            statement.setString(1, board);
            statement.setLong(2, generation);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    assertThat(results.put(rows.getString(1), rows.getString(2)))
                            .as("a second cohort of %s", rows.getString(1))
                            .isNull();
                }
            }
        }
        return results;
    }
}
