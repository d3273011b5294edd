package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clearings of challenges through two processes, one of which is killed again and again: each counts once, and its points are on
 * the board once.
 */
@ExtendWith(Stage.Provider.class)
class ClearingFaultsIT {
    private static final int THREADS = 100;
    private static final int POINTS = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CHALLENGE = "/api/v1/challenges/faults";

    private final int rounds = FaultSettings.figure("clearing-rounds", 3, 100);

    @Test
    void eachCountsOnceWhateverDies(Stage stage) throws Exception {
        SplittableRandom random = FaultSettings.random("clearing");
        try (Replicas replicas = new Replicas(stage, "clearing", 2, Map.of())) {
            LaurelApi first = replicas.get(0).api();
            first.putBoard("cleared-faults", "{\"title\":\"Faults\",\"periods\":[\"DAILY\",\"ALL_TIME\"]}")
                    .expect(201);
            first.put(CHALLENGE, """
                    {"title":"Faults","board":"cleared-faults","variants":{"a":{"points":%d}}}""".formatted(POINTS)).expect(201);
            for (int round = 1; round <= rounds; round++) {
                Replica victim = replicas.get(1);
                boolean kills = round % 2 == 0;
                List<String> outcomes = atOnce(replicas, round, "k", () -> {
                    if (kills) {
                        Load.pause(random.nextInt(200));
                        victim.kill();
                        replicas.startAgain(1);
                    }
                });
                replicas.awaitReady();
                assertThat(outcomes)
                        .as("round %d", round)
                        .containsOnly("FIRST", "AGAIN")
                        .containsOnlyOnce("FIRST");
                awaitPoints(replicas, round);
            }
            assertNothingCountsOnceItsIdIsForgotten(replicas, stage);
        }
    }

    /** As after eight days: housekeeping has deleted the event ids by then. */
    private void assertNothingCountsOnceItsIdIsForgotten(Replicas replicas, Stage stage) throws Exception {
        try (Connection connection = stage.stores().connect();
                Statement forget = connection.createStatement()) {
            assertThat(forget.executeUpdate(
                            "DELETE FROM event_key USING board b WHERE b.id = board_id AND b.name = 'cleared-faults'"))
                    .isPositive();
        }
        assertThat(atOnce(replicas, 1, "later", () -> {})).containsOnly("AGAIN");
        awaitPoints(replicas, rounds);
    }

    /** All threads clear the same for the same player, each under a key of its own, and repeat what was not acknowledged. */
    private static List<String> atOnce(Replicas replicas, int round, String keys, Runnable meanwhile) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<String>> sent = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                sent.add(threads.submit(() -> {
                    start.await();
                    return clear(replicas, round, keys + "-" + round, number);
                }));
            }
            start.countDown();
            meanwhile.run();
            List<String> outcomes = new ArrayList<>();
            for (Future<String> one : sent) {
                outcomes.add(one.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String clear(Replicas replicas, int round, String keys, int number) {
        String body = "{\"playerId\":\"p%d\",\"content\":\"c%d\",\"cleared\":true}".formatted(round, number);
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = 0; System.nanoTime() < until; attempt++) {
            LaurelApi api = replicas.get((number + attempt) % 2).api();
            try {
                Reply reply = api.post(CHALLENGE + "/a/submissions", body, "Idempotency-Key", keys + "-" + number);
                if (reply.status() != 503) {
                    return reply.expect(200).json().path("cleared").asText();
                }
            } catch (AssertionError notAnswered) {
                if (!(notAnswered.getCause() instanceof IOException)) {
                    throw notAnswered;
                }
            }
            Load.pause(50);
        }
        throw new AssertionError("Nobody has acknowledged " + body);
    }

    private static void awaitPoints(Replicas replicas, int round) {
        for (Replica replica : replicas.all()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonNode page = replica.api()
                        .get("/api/v1/boards/cleared-faults/rankings/all_time?limit=1000")
                        .expect(200)
                        .json();
                assertThat(page.path("total").asInt()).isEqualTo(round);
                assertThat(page.path("entries").findValuesAsText("score"))
                        .containsOnly(Integer.toString(POINTS))
                        .hasSize(round);
                JsonNode cleared = replica.api()
                        .get("/api/v1/challenges/cleared")
                        .expect(200)
                        .json();
                assertThat(cleared.at("/items/0/players").asInt()).isEqualTo(round);
            });
        }
    }
}
