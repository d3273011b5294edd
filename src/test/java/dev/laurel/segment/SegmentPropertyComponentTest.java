package dev.laurel.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.Corrections;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.RandomSegments;
import dev.laurel.testing.RankingComparison;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.TestClock;
import dev.laurel.testing.Workload;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Random events, corrections and disqualifications on boards of all rules, and random changes of groups, attributes and
 * lists of friends: every answer about a segment, from either store, is that of the board filtered by hand.
 */
@QuarkusTest
class SegmentPropertyComponentTest {
    private static final Logger LOG = Logger.getLogger(SegmentPropertyComponentTest.class);
    private static final int EVENTS = Integer.getInteger("laurel.test.segment.events", 3_600);
    private static final int ROUNDS = 3;
    private static final int STEPS = 12;

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));
    private final List<Workload> workloads = Workload.random(seed, EVENTS);
    private final Map<Workload, Corrections> corrections = new LinkedHashMap<>();

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    MeterRegistry meters;

    private LaurelApi api;
    private RandomSegments segments;
    private int turn;

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Test
    void aSegmentIsRankedAsTheBoardFilteredByHand() {
        LOG.infof("random segments of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        api = new LaurelApi(service);
        String kind = RandomSegments.newKind();
        Set<String> players = new LinkedHashSet<>();
        for (Workload workload : workloads) {
            api.putBoard(workload.board().id(), definition(workload, kind)).expect(201);
            api.submitAll(workload.board().id(), workload.events()).expect(200);
            corrections.put(workload, new Corrections(api, workload.oracle(), seed));
            players.addAll(workload.oracle().players());
        }
        segments = new RandomSegments(api, kind, players, seed);

        long compared = 0;
        for (int round = 0; round < ROUNDS; round++) {
            change(round);
            compared += compare("REDIS", round);
        }
        compared += withoutRedis();

        LOG.infof("%d answers about segments compared, seed %d", compared, seed);
        assertThat(compared).isGreaterThan(1_500);
        assertThat(meters.get("cache.gets").tag("cache", "followed-segments").functionCounters().stream()
                        .mapToDouble(FunctionCounter::count)
                        .sum())
                .as("reads of segments that are kept up to date")
                .isGreaterThan(100);
    }

    /** Every second board declares the segments. */
    private String definition(Workload workload, String kind) {
        String json = workload.board().json();
        return workloads.indexOf(workload) % 2 == 0
                ? json
                : json.replaceFirst("\\{", "{\"segments\":[\"" + kind + "\"],");
    }

    private void change(int round) {
        for (int step = 0; step < STEPS; step++) {
            segments.step();
            Instant now = Workload.PRESENT.plusMillis(round * 100L + step);
            clock.stopAt(now);
            corrections.values().forEach(board -> board.step(now));
        }
        clock.reset();
    }

    /** One segment on each board, another one each time. */
    private long compare(String source, long drawn) {
        List<Map.Entry<String, Set<String>>> all =
                new ArrayList<>(segments.all().entrySet());
        long compared = 0;
        for (Workload workload : workloads) {
            Map.Entry<String, Set<String>> segment = all.get(turn++ % all.size());
            List<Window> touched = corrections.get(workload).touched();
            List<Window> windows = touched.isEmpty() || turn % 2 == 0
                    ? List.copyOf(workload.oracle().windows())
                    : touched;
            compared += new RankingComparison(api, workload.oracle(), source, seed + drawn)
                    .compareSegment(segment.getKey(), segment.getValue(), windows, 1);
        }
        return compared;
    }

    private long withoutRedis() {
        RedisSwitch redis = RedisSwitch.ofTheTestStores();
        redis.off();
        try {
            awaitSource("POSTGRES");
            return compare("POSTGRES", ROUNDS);
        } finally {
            redis.on();
            awaitSource("REDIS");
        }
    }

    private void awaitSource(String source) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> new RankingComparison(api, workloads.get(0).oracle(), source, seed).compareSome(1));
    }
}
