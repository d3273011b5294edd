package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.InOrder;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Oracle;
import dev.laurel.testing.Oracle.Effect;
import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.RankingComparison;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.Workload;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Twenty thousand random events, most standings tied: Redis, PostgreSQL and an oracle agree on every answer. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PropertyComponentTest {

    private static final Logger LOG = Logger.getLogger(PropertyComponentTest.class);
    private static final int EVENTS = 20_000;

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));
    private final List<Workload> workloads = Workload.random(seed, EVENTS);

    @TestHTTPResource
    URI service;

    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        LOG.infof("random events of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        api = new LaurelApi(service);
    }

    @Test
    @Order(1)
    void everyEventHasTheEffectTheOracleSees() {
        double tied = Workload.tiedShare(workloads);
        assertThat(tied).as("share of tied standings, seed %d", seed).isGreaterThan(0.5);
        Map<String, String> statuses = new ConcurrentHashMap<>();

        for (Workload workload : workloads) {
            api.putBoard(workload.board()).expect(201);
            InOrder.forEach(
                    workload.events(),
                    ScoreEvent::playerId,
                    event -> statuses.put(event.eventId(), submit(workload, event)));
        }

        assertThat(statuses).hasSize(EVENTS);
        for (Workload workload : workloads) {
            assertEffects(workload, statuses);
        }
    }

    @Test
    @Order(2)
    void redisAgreesWithTheOracle() {
        long compared = 0;
        for (Workload workload : workloads) {
            compared += new RankingComparison(api, workload.oracle(), "REDIS", seed).compareAll();
        }
        LOG.infof("%d answers from Redis compared, seed %d", compared, seed);
        assertThat(compared).isGreaterThan(5_000);
    }

    @Test
    @Order(3)
    void eventsSentAgainChangeNothing() {
        Workload workload = workloads.get((int) (seed % workloads.size()));

        InOrder.forEach(workload.events(), event -> assertThat(submit(workload, event))
                .as("status of %s", event)
                .isEqualTo("DUPLICATE"));

        new RankingComparison(api, workload.oracle(), "REDIS", seed + 1).compareAll();
    }

    @DisplayName("trap 1: both stores answer in the same order, ties included")
    @Test
    @Order(4)
    void postgresAgreesWithTheOracle() {
        RedisSwitch redis = RedisSwitch.ofTheTestStores();

        redis.off();
        try {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> compareSample("POSTGRES", 1));
            long compared = 0;
            for (Workload workload : workloads) {
                compared += new RankingComparison(api, workload.oracle(), "POSTGRES", seed).compareAll();
            }
            LOG.infof("%d answers from PostgreSQL compared, seed %d", compared, seed);
            assertThat(compared).isGreaterThan(5_000);
        } finally {
            redis.on();
        }

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> compareSample("REDIS", 3));
    }

    private String submit(Workload workload, ScoreEvent event) {
        return api.submit(workload.board().id(), event)
                .expect(200)
                .json()
                .path("status")
                .asText();
    }

    private void assertEffects(Workload workload, Map<String, String> statuses) {
        Oracle again = new Oracle(workload.board());
        for (ScoreEvent event : workload.events()) {
            Effect effect = again.accept(event);
            // An equal score known to be reached earlier is no new score, but the order may change by it: either word.
            List<String> words =
                    effect == Effect.ONLY_EARLIER ? List.of("APPLIED", "UNCHANGED") : List.of(effect.name());
            assertThat(statuses.get(event.eventId()))
                    .as("status of %s on %s, seed %d", event, workload.board(), seed)
                    .isIn(words);
        }
    }

    /** Compares some windows of every board: the first, and others by the seed. */
    private void compareSample(String source, int windowsOfEachBoard) {
        Random random = new Random(seed);
        for (Workload workload : workloads) {
            List<Window> windows = List.copyOf(workload.oracle().windows());
            List<Window> sample = Stream.concat(
                            Stream.of(windows.get(0)),
                            random.ints(windowsOfEachBoard - 1L, 0, windows.size())
                                    .mapToObj(windows::get))
                    .toList();
            new RankingComparison(api, workload.oracle(), source, seed).compare(sample);
        }
    }
}
