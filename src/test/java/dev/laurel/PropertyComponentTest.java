package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Corrections;
import dev.laurel.testing.InOrder;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Oracle;
import dev.laurel.testing.Oracle.Effect;
import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.RankingComparison;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.TestClock;
import dev.laurel.testing.Workload;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fifty thousand random events, or with {@code -Dlaurel.test.events=25200} a hundred thousand, on boards of all rules, most standings tied: Redis, PostgreSQL and an oracle
 * agree on every answer, before and after corrections by hand.
 */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PropertyComponentTest {

    private static final Logger LOG = Logger.getLogger(PropertyComponentTest.class);
    private static final int EVENTS = Integer.getInteger("laurel.test.events", 12_600);
    private static final int SINGLE = 100;
    private static final int CORRECTIONS = 40;
    private static final int HIDDEN = 5;
    private static final int WINDOWS = 3;

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));
    private final List<Workload> workloads = Workload.random(seed, EVENTS);
    private final Map<Workload, Corrections> corrections = new LinkedHashMap<>();

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        LOG.infof("random events of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        api = new LaurelApi(service);
    }

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Test
    @Order(1)
    void everyEventHasTheEffectTheOracleSees() {
        double tied = Workload.tiedShare(workloads);
        LOG.infof("%.1f %% of the standings are tied", 100 * tied);
        assertThat(tied).as("share of tied standings, seed %d", seed).isGreaterThan(0.5);

        for (Workload workload : workloads) {
            api.putBoard(workload.board()).expect(201);
            Map<String, String> statuses = submitAll(workload);
            assertThat(statuses).hasSameSizeAs(workload.events());
            assertEffects(workload, statuses);
        }
    }

    @Test
    @Order(2)
    void redisAgreesWithTheOracle() {
        assertAgreement("REDIS", seed);
    }

    @Test
    @Order(3)
    void eventsSentAgainChangeNothing() {
        Workload workload = workloads.get((int) (seed % workloads.size()));

        Map<String, String> statuses = submitAll(workload);

        assertThat(statuses).hasSameSizeAs(workload.events());
        assertThat(statuses.values()).containsOnly("DUPLICATE");
        new RankingComparison(api, workload.oracle(), "REDIS", seed + 1).compareSome(WINDOWS);
    }

    @DisplayName("trap 1: both stores answer in the same order, ties included")
    @Test
    @Order(4)
    void postgresAgreesWithTheOracle() {
        withoutRedis(() -> assertAgreement("POSTGRES", seed));
    }

    @Test
    @Order(5)
    void bothAgreeAfterRandomCorrections() {
        workloads.forEach(workload -> corrections.put(workload, new Corrections(api, workload.oracle(), seed)));
        for (int turn = 0; turn < CORRECTIONS; turn++) {
            Instant now = Workload.PRESENT.plusMillis(turn);
            clock.stopAt(now);
            InOrder.forEach(corrections.values(), board -> board.step(now));
        }
        clock.reset();

        assertAgreement("REDIS", seed + 2);
        withoutRedis(() -> assertAgreement("POSTGRES", seed + 3));
        assertAgreement("REDIS", seed + 4);
    }

    @Test
    @Order(6)
    void bothAgreeWhilePlayersAreHidden() {
        List<String> out = workloads.get(0).oracle().players().stream()
                .sorted()
                .skip(Math.floorMod(seed, 3L))
                .limit(HIDDEN)
                .toList();
        String record = "{\"displayName\":\"Somebody\",\"visibility\":\"HIDDEN\"}";
        try {
            out.forEach(player -> {
                // Other tests may have left a record.
                assertThat(api.put("/api/v1/players/" + LaurelApi.segment(player), record)
                                .status())
                        .isIn(200, 201);
                workloads.forEach(workload -> workload.oracle().hide(player));
            });
            assertAgreement("REDIS", seed + 5);
            withoutRedis(() -> assertAgreement("POSTGRES", seed + 6));
        } finally {
            out.forEach(player -> {
                api.delete("/api/v1/players/" + LaurelApi.segment(player));
                workloads.forEach(workload -> workload.oracle().show(player));
            });
        }
        assertAgreement("REDIS", seed + 7);
    }

    /** Submits the first events one by one, and the others together; answers the status of each. */
    private Map<String, String> submitAll(Workload workload) {
        Map<String, String> statuses = new ConcurrentHashMap<>();
        List<ScoreEvent> events = workload.events();
        InOrder.forEach(
                events.subList(0, SINGLE),
                ScoreEvent::playerId,
                event -> statuses.put(event.eventId(), submit(workload, event)));
        JsonNode results = api.submitAll(workload.board().id(), events.subList(SINGLE, events.size()))
                .expect(200)
                .json()
                .path("results");
        results.forEach(result -> statuses.put(result.path("eventId").asText(), status(result)));
        return statuses;
    }

    /** The status of one event of many, with the reason if it was refused. */
    private static String status(JsonNode result) {
        String status = result.path("status").asText();
        return result.hasNonNull("error") ? status + " " + result.path("error") : status;
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
                    effect == Effect.ONLY_INSTANT ? List.of("APPLIED", "UNCHANGED") : List.of(effect.name());
            assertThat(statuses.get(event.eventId()))
                    .as("status of %s on %s, seed %d", event, workload.board(), seed)
                    .isIn(words);
        }
    }

    private void withoutRedis(Runnable work) {
        RedisSwitch redis = RedisSwitch.ofTheTestStores();
        redis.off();
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> compareOneOfEach("POSTGRES"));
            work.run();
        } finally {
            redis.on();
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> compareOneOfEach("REDIS"));
    }

    /** Boards of a cluster lie on several masters, whose connections come back one after the other. */
    private void compareOneOfEach(String source) {
        workloads.forEach(workload -> new RankingComparison(api, workload.oracle(), source, seed).compareSome(1));
    }

    private void assertAgreement(String source, long drawn) {
        long compared = compare(source, drawn, WINDOWS);
        LOG.infof("%d answers from %s compared, seed %d", compared, source, seed);
        assertThat(compared).isGreaterThan(2_000);
    }

    /** Compares some windows of every board, and of those that were corrected. */
    private long compare(String source, long drawn, int windowsOfEachBoard) {
        long compared = 0;
        for (Workload workload : workloads) {
            RankingComparison comparison = new RankingComparison(api, workload.oracle(), source, drawn);
            List<Window> corrected = corrections.containsKey(workload)
                    ? corrections.get(workload).touched()
                    : List.of();
            compared += corrected.isEmpty()
                    ? comparison.compareSome(windowsOfEachBoard)
                    : comparison.compareSome(corrected, windowsOfEachBoard);
        }
        return compared;
    }
}
