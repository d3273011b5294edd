package dev.laurel.platform.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.platform.redis.SpokenRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

class WatchedTopologyTest {
    private static final RedisNode LEFT = new RedisNode("10.0.0.1", 7000);
    private static final RedisNode RIGHT = new RedisNode("10.0.0.2", 7000);
    private static final RedisNode GONE = new RedisNode("10.0.0.3", 7000);

    private static final int RECOUNTED_MS = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final Map<RedisNode, Masters> told = new ConcurrentHashMap<>();
    private final Map<RedisNode, Integer> asked = new ConcurrentHashMap<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final WatchedTopology topology =
            new WatchedTopology(vertx, new Script(), List.of(LEFT, GONE, RIGHT), this::clientOf, RECOUNTED_MS);

    @AfterEach
    void stop() {
        topology.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whoeverKnowsIsBelievedAndAChangeIsToldOnce() {
        told.put(RIGHT, masters(1, RIGHT));
        topology.start(changes::incrementAndGet);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topology.nodes()).containsExactly(RIGHT));
        assertThat(topology.nodeOf("any")).isEqualTo(RIGHT);
        lookAgain(RIGHT);
        assertThat(changes).hasValue(1);
    }

    @Test
    void whatIsToldWithAnEarlierEpochIsOutdated() {
        told.put(LEFT, masters(7, LEFT));
        told.put(RIGHT, masters(6, RIGHT));
        topology.start(changes::incrementAndGet);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topology.nodes()).containsExactly(LEFT));

        lookAgain(RIGHT);
        assertThat(topology.nodes()).containsExactly(LEFT);
        assertThat(changes).hasValue(1);

        told.put(RIGHT, masters(8, RIGHT));
        lookAgain(RIGHT);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topology.nodes()).containsExactly(RIGHT));
    }

    @Test
    void epochsThatBeginAnewAreBelievedAfterAWhile() {
        told.put(LEFT, masters(9, LEFT));
        topology.start(changes::incrementAndGet);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topology.nodes()).containsExactly(LEFT));

        long begun = System.nanoTime();
        told.put(RIGHT, masters(1, RIGHT));
        told.put(LEFT, masters(1, RIGHT));

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    topology.doubt();
                    assertThat(topology.nodes()).containsExactly(RIGHT);
                });
        // A server may be cut off and know of earlier masters only: it is not believed at once, however many doubt.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(RECOUNTED_MS));
    }

    @Test
    void oneOfSeveralThatKnowsOfEarlierMastersIsNotBelieved() {
        told.put(LEFT, masters(9, LEFT));
        topology.start(changes::incrementAndGet);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topology.nodes()).containsExactly(LEFT));

        told.remove(LEFT);
        told.put(RIGHT, masters(1, RIGHT));

        await().during(Duration.ofMillis(2 * RECOUNTED_MS))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    topology.doubt();
                    assertThat(topology.nodes()).containsExactly(LEFT);
                });
    }

    @Test
    void mastersStayWhatTheyWereWhileNobodyTells() {
        told.put(LEFT, masters(1, LEFT));
        topology.start(changes::incrementAndGet);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topology.nodes()).containsExactly(LEFT));

        told.clear();
        lookAgain(LEFT);
        lookAgain(RIGHT);

        assertThat(topology.nodes()).containsExactly(LEFT);
        assertThat(changes).hasValue(1);
    }

    /** Has everybody doubt until a server has been asked twice more: the first of these may have been under way. */
    private void lookAgain(RedisNode node) {
        int before = asked.getOrDefault(node, 0);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    topology.doubt();
                    return asked.getOrDefault(node, 0) >= before + 2;
                });
    }

    private static Masters masters(long epoch, RedisNode master) {
        return new Masters(epoch, List.of(master), slot -> master);
    }

    private Redis clientOf(RedisNode node) {
        return new SpokenRedis(questions -> answer(node, questions)).client();
    }

    /** Answers with nothing: {@link Script} knows what the server would have said. */
    private void answer(RedisNode node, SpokenRedis.Sent questions) {
        asked.merge(node, 1, Integer::sum);
        questions.answers().complete(List.of());
    }

    private final class Script implements Directory {
        @Override
        public List<Request> questions() {
            return List.of();
        }

        @Override
        public Masters read(RedisNode node, List<Response> answers) {
            Masters known = told.get(node);
            if (known == null) {
                throw new IllegalStateException("knows nothing");
            }
            return known;
        }

        @Override
        public boolean mastersKnow() {
            return false;
        }
    }
}
