package dev.laurel.faults;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.TwinBoards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A period is added to a large board under load, and the service is killed while it is filled: the board ends equal to its
 * twin, which had the period from the start.
 */
@ExtendWith(Stage.Provider.class)
class PeriodFillFaultsIT {
    private static final int WRITERS = 50;
    private static final String CHANGED = "{\"title\":\"t\",\"periods\":[\"YEARLY\",\"ALL_TIME\"]}";
    private static final Duration FILLED = Duration.ofMinutes(3);

    private static final String EVENTS = """
            INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)
            SELECT b.id, 'p' || lpad((i % ?)::text, 7, '0'), 1 + (i::bigint * 7919) % 1000, ? + i % 1000, now()
            FROM generate_series(1, ?) i CROSS JOIN board b WHERE b.name IN (?, ?)""";

    private static final String STANDINGS = """
            INSERT INTO standing (board_id, player_id, version, y_window, y_score, y_at, a_window, a_score, a_at)
            SELECT e.board_id, e.player_id, 1, y.window_key, sum(e.score), max(e.occurred_ms) FILTER (WHERE e.score <> 0),
                a.window_key, CASE WHEN a.window_key IS NOT NULL THEN sum(e.score) END,
                CASE WHEN a.window_key IS NOT NULL THEN max(e.occurred_ms) FILTER (WHERE e.score <> 0) END
            FROM score_event e JOIN board b ON b.id = e.board_id AND b.name IN (?, ?)
            JOIN board_window y ON y.board_id = b.id AND y.period = 4
            LEFT JOIN board_window a ON a.board_id = b.id AND a.period = 5
            GROUP BY e.board_id, e.player_id, y.window_key, a.window_key
            ON CONFLICT (board_id, player_id) DO UPDATE SET version = 2, y_score = excluded.y_score, y_at = excluded.y_at,
                a_score = excluded.a_score, a_at = excluded.a_at""";

    private final int players = FaultSettings.figure("fill-players", 2_000, 100_000);
    private final int events = FaultSettings.figure("fill-events", 20_000, 1_000_000);
    private final int submissionsPerSecond = FaultSettings.figure("fill-submissions", 100, 500);
    private final int kills = FaultSettings.figure("fill-kills", 1, 3);

    @Test
    void anAddedPeriodIsExactAtTheEnd(Stage stage) throws SQLException, IOException {
        Replica service = stage.service();
        LaurelApi api = service.api();
        String later = aBoard("fill-later").build().id();
        String always = aBoard("fill-always").build().id();
        api.putBoard(later, "{\"title\":\"t\",\"periods\":[\"YEARLY\"]}").expect(201);
        api.putBoard(always, CHANGED).expect(201);
        submit(service, later, always, 0, 1).expect(200);
        seed(stage, later, always);
        SplittableRandom random = FaultSettings.random("period-fill");
        Findings findings = new Findings();
        try (Load load = load(service, later, always, findings)) {
            load.start();
            Load.pause(2_000);
            long sent = findings.acknowledged.get();
            long began = System.nanoTime();
            api.put("/api/v1/boards/" + later, CHANGED).expect(200);
            for (int kill = 0; kill < kills; kill++) {
                Load.pause(200 + random.nextInt(2_500));
                service.kill();
                service.start();
            }
            await().atMost(FILLED).until(() -> isFilled(service, later));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            long during = findings.acknowledged.get() - sent;
            System.out.printf(
                    "[faults] period-fill: %d players, %d events filled in %d ms with %d kills, %d events meanwhile, %d"
                            + " refused or unanswered and sent again%n",
                    players, events, took.toMillis(), kills, during, findings.refused.get());
            Load.pause(1_000);
        }
        findings.assertNone();
        TwinBoards twins = new TwinBoards(api, later, always);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(twins.assertSame(Period.ALL_TIME, "", List.of("score")))
                        .isEqualTo(players));
    }

    private void seed(Stage stage, String later, String always) throws SQLException, IOException {
        try (Connection connection = stage.stores().connect();
                PreparedStatement ledger = connection.prepareStatement(EVENTS);
                PreparedStatement standings = connection.prepareStatement(STANDINGS)) {
            ledger.setInt(1, players);
            ledger.setLong(2, System.currentTimeMillis() - 5_000);
            ledger.setInt(3, events);
            ledger.setString(4, later);
            ledger.setString(5, always);
            ledger.executeUpdate();
            standings.setString(1, later);
            standings.setString(2, always);
            standings.executeUpdate();
        }
        stage.stores().flushRedis();
    }

    private Load load(Replica service, String later, String always, Findings findings) {
        Load load = new Load(findings);
        for (int i = 0; i < WRITERS; i++) {
            String name = "fill-writer" + i;
            Both writer = new Both(service, later, always, findings, FaultSettings.random(name), name);
            load.add(name, writer::step, 1_000L * WRITERS / submissionsPerSecond);
        }
        return load;
    }

    private static boolean isFilled(Replica service, String board) {
        return !service.api().board(board).expect(200).json().has("filling");
    }

    private static Reply submit(Replica service, String later, String always, int player, int score)
            throws IOException {
        return Http.submitToAll(service.address(), event(later, always, player, score, "first-" + later));
    }

    private static String event(String later, String always, int player, int score, String id) {
        return "{\"boards\":[\"%s\",\"%s\"],\"playerId\":\"p%07d\",\"score\":%d,\"eventId\":\"%s\",\"occurredAt\":\"%s\"}"
                .formatted(later, always, player, score, id, Instant.now());
    }

    /** Sends each event to both boards in one transaction, again and again until it is acknowledged. */
    private final class Both {
        private final Replica service;
        private final String later;
        private final String always;
        private final Findings findings;
        private final SplittableRandom random;
        private final String name;
        private int number;
        private String pending;

        Both(Replica service, String later, String always, Findings findings, SplittableRandom random, String name) {
            this.service = service;
            this.later = later;
            this.always = always;
            this.findings = findings;
            this.random = random;
            this.name = name;
        }

        void step() {
            String body = pending != null
                    ? pending
                    : event(later, always, random.nextInt(players), random.nextInt(9) - 2, name + "." + number++);
            pending = body;
            try {
                Reply reply = Http.submitToAll(service.address(), body);
                if (reply.status() == 200) {
                    findings.acknowledged.incrementAndGet();
                    pending = null;
                } else if (reply.status() == 503) {
                    findings.refused.incrementAndGet();
                } else {
                    findings.violation("an event was answered " + reply);
                    pending = null;
                }
            } catch (IOException e) {
                findings.refused.incrementAndGet();
            }
        }
    }
}
