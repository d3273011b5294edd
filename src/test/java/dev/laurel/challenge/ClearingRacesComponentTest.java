package dev.laurel.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import dev.laurel.web.challenges.ChallengeScene;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Whatever arrives at once, a clearing counts once, and everything is as if one had come after the other. */
@QuarkusTest
class ClearingRacesComponentTest extends ChallengeScene {
    private static final int THREADS = 100;

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Test
    @DisplayName("trap 40: a hundred clearings at once count once, and a hundred more eight days later not at all")
    void aHundredAtOnceClearOnce() throws Exception {
        clock.moveTo(Instant.now().minus(Duration.ofDays(9)));
        assertThat(outcomes(atOnce(i -> clearing("ann", "c" + i))))
                .containsOnly("FIRST", "AGAIN")
                .containsOnlyOnce("FIRST");
        assertClearedOnce(THREADS);

        // As housekeeping does with ids that are seven days old, and might have done already once they are.
        assertThat(StoredRows.change(
                        "DELETE FROM event_key k USING board b WHERE b.id = k.board_id AND b.name = ?", board))
                .isPositive();
        clock.moveTo(Instant.now().minus(Duration.ofDays(1)));
        assertThat(outcomes(atOnce(i -> clearing("ann", "c" + i)))).containsOnly("AGAIN");
        assertClearedOnce(2 * THREADS);
    }

    private void assertClearedOnce(int submissions) {
        ranking("all_time").body("entries.score", contains(100));
        cleared().body("players", equalTo(1));
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM submission s JOIN challenge c ON c.number = s.challenge WHERE c.id = ?",
                        challenge))
                .isEqualTo(submissions);
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void aHundredRepetitionsAreOneSubmission() throws Exception {
        List<Reply> replies = atOnce(
                i -> api().post(submissions(GPT), body("ann", "abc", true), "Idempotency-Key", "key-" + challenge));

        assertThat(outcomes(replies)).containsOnly("FIRST");
        assertThat(replies.stream()
                        .map(reply -> reply.json().path("submission").asText())
                        .distinct())
                .hasSize(1);
        ranking("all_time").body("entries.score", contains(100));
    }

    @Test
    void manyPlayersAndVariantsAtOnceAddUp() throws Exception {
        List<Reply> replies = atOnce(i -> i % 4 == 0
                ? api().post(submissions(MINI), body("p" + i % 10, "m" + i, true))
                : api().post(submissions(GPT), body("p" + i % 10, "g" + i, i % 3 != 0)));

        long firsts = outcomes(replies).stream().filter("FIRST"::equals).count();
        assertThat(firsts)
                .isEqualTo(StoredRows.number(
                        "SELECT count(*) FROM clearing k JOIN challenge c ON c.number = k.challenge WHERE c.id = ?",
                        challenge));
        assertThat(StoredRows.number(
                        "SELECT sum(v.players) FROM cleared_variant v JOIN challenge c ON c.number = v.challenge WHERE c.id = ?",
                        challenge))
                .isEqualTo(firsts);
        assertThat(StoredRows.number(
                        "SELECT sum(s.a_score) FROM standing s JOIN board b ON b.id = s.board_id WHERE b.name = ?",
                        board))
                .isEqualTo(StoredRows.number(
                        "SELECT sum(k.points) FROM clearing k JOIN challenge c ON c.number = k.challenge WHERE c.id = ?",
                        challenge));
    }

    private Reply clearing(String player, String content) {
        return api().post(submissions(GPT), body(player, content, true));
    }

    private LaurelApi api() {
        return new LaurelApi(service);
    }

    private static List<String> outcomes(List<Reply> replies) {
        return replies.stream()
                .map(reply -> reply.expect(200).json().path("cleared").asText())
                .toList();
    }

    private io.restassured.response.ValidatableResponse cleared() {
        return get("/api/v1/challenges/cleared")
                .rootPath("items.find { it.challenge == '%s' && it.variant == 'gpt-4o' }".formatted(challenge));
    }

    private static List<Reply> atOnce(IntFunction<Reply> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Reply>> sent = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                sent.add(threads.submit(() -> {
                    start.await();
                    return request.apply(number);
                }));
            }
            start.countDown();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> one : sent) {
                replies.add(one.get());
            }
            return replies;
        } finally {
            threads.shutdownNow();
        }
    }
}
