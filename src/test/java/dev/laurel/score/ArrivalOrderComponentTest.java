package dev.laurel.score;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.Period;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.TwinBoards;
import dev.laurel.testing.Workload;
import io.quarkus.test.junit.QuarkusTest;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * The events of some thousand players reach one board in the order in which they happened, and its twin in any order: both
 * show the same scores, instants and ranks, in every window and in the archives.
 */
@QuarkusTest
class ArrivalOrderComponentTest extends RolloverScene {
    private static final Logger LOG = Logger.getLogger(ArrivalOrderComponentTest.class);
    private static final int SEQUENCES = Integer.getInteger("laurel.test.sequences", 500);
    private static final Set<Period> PERIODS = EnumSet.of(
            Period.DAILY,
            Period.WEEKLY,
            Period.MONTHLY,
            Period.YEARLY,
            Period.ALL_TIME,
            Period.LAST_7_DAYS,
            Period.LAST_30_DAYS);
    private static final List<String> METRICS = List.of("power", "kills");
    private static final Instant NOW = Instant.parse("2024-05-14T20:00:00Z");
    private static final int DAYS = 35;
    private static final int MOST_EVENTS = 6;
    private static final int BATCH = 500;
    private static final long DAY_MILLIS = 86_400_000L;

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));
    private final Random random = new Random(seed);

    @DisplayName("trap 29: the order of arrival changes nothing")
    @Test
    void anyOrderOfArrivalGivesTheSame() {
        LOG.infof("random events of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        Map<TwinBoards, BoardSpec> twins = new LinkedHashMap<>();
        for (String operator : List.of("SUM", "BEST", "LATEST")) {
            for (String order : List.of("DESC", "ASC")) {
                BoardSpec spec = rules(operator, order).build();
                twins.put(twins(spec, operator, order), spec);
            }
        }
        int players = SEQUENCES / twins.size();
        twins.forEach((twin, spec) -> send(twin, spec, players));

        long compared = compareAll(twins, windows());
        compared += withoutRedis(twins);
        stand("2024-08-01T12:00:00Z");
        closeDue(Duration.ofMinutes(1).plusMillis(20L * SEQUENCES));
        compared += compareAll(twins, closedDays());

        LOG.infof("%d sequences of events, %d places compared, seed %d", SEQUENCES, compared, seed);
        assertThat(compared).isGreaterThan(SEQUENCES * 20L);
    }

    private BoardBuilder rules(String operator, String order) {
        return aBoard("in-order")
                .operator(operator)
                .order(order)
                .rankMode(Workload.one(random, List.of("COMPETITION", "DENSE", "ORDINAL")))
                .tieBreak(Workload.one(random, List.of("EARLIEST", "LATEST")))
                .metrics(METRICS)
                .keeping(PERIODS)
                .lateDays(DAYS + 5);
    }

    private TwinBoards twins(BoardSpec spec, String operator, String order) {
        String other = aBoard("any-order").build().id();
        api.putBoard(spec).expect(201);
        api.putBoard(other, spec.json()).expect(201);
        return new TwinBoards(api, spec.id(), other);
    }

    private void send(TwinBoards twin, BoardSpec spec, int players) {
        List<ScoreEvent> events = new ArrayList<>();
        for (int player = 0; player < players; player++) {
            Set<Instant> instants = new TreeSet<>();
            int count = 2 + random.nextInt(MOST_EVENTS - 1);
            // Some within seconds, so that days hold several; equal instants of one player are decided by arrival.
            Instant about = NOW.minusMillis(random.nextLong(DAYS * DAY_MILLIS));
            while (instants.size() < count) {
                instants.add(
                        random.nextInt(3) > 0
                                ? about.minusMillis(random.nextInt(5_000))
                                : NOW.minusMillis(random.nextLong(DAYS * DAY_MILLIS)));
            }
            for (Instant instant : instants) {
                ScoreEvent event = Workload.event(random, spec, null, instant);
                events.add(new ScoreEvent("p" + player, event.score(), null, instant, event.metrics()));
            }
        }
        List<ScoreEvent> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparing(ScoreEvent::occurredAt));
        submitAll(twin.one(), inOrder);
        Collections.shuffle(events, random);
        submitAll(twin.other(), events);
    }

    private void submitAll(String board, List<ScoreEvent> events) {
        for (int from = 0; from < events.size(); from += BATCH) {
            api.submitAll(board, events.subList(from, Math.min(events.size(), from + BATCH)))
                    .expect(200);
        }
    }

    private static Map<Period, List<String>> windows() {
        Map<Period, List<String>> windows = new LinkedHashMap<>();
        windows.put(Period.DAILY, days(DAYS));
        windows.put(Period.WEEKLY, List.of("2024-W20", "2024-W19", "2024-W16"));
        windows.put(Period.MONTHLY, List.of("2024-05", "2024-04"));
        for (Period period : List.of(Period.YEARLY, Period.ALL_TIME, Period.LAST_7_DAYS, Period.LAST_30_DAYS)) {
            windows.put(period, List.of(""));
        }
        return windows;
    }

    private static List<String> days(int count) {
        List<String> days = new ArrayList<>();
        for (int back = 0; back < count; back++) {
            days.add(LocalDate.parse(DAY).minusDays(back).toString());
        }
        return days;
    }

    private static Map<Period, List<String>> closedDays() {
        Map<Period, List<String>> closed = new LinkedHashMap<>();
        closed.put(Period.DAILY, days(DAYS));
        closed.put(Period.MONTHLY, List.of("2024-05", "2024-04"));
        // Put together from archives.
        closed.put(Period.LAST_30_DAYS, List.of("2024-05-10"));
        return closed;
    }

    private static long compareAll(Map<TwinBoards, BoardSpec> twins, Map<Period, List<String>> windows) {
        long compared = 0;
        for (TwinBoards twin : twins.keySet()) {
            for (Map.Entry<Period, List<String>> own : windows.entrySet()) {
                for (String window : own.getValue()) {
                    compared += twin.assertSame(own.getKey(), window, METRICS);
                }
            }
        }
        return compared;
    }

    private long withoutRedis(Map<TwinBoards, BoardSpec> twins) {
        RedisSwitch redis = RedisSwitch.ofTheTestStores();
        redis.off();
        try {
            return compareAll(
                    twins,
                    Map.of(
                            Period.DAILY, days(2),
                            Period.MONTHLY, List.of("2024-05"),
                            Period.ALL_TIME, List.of(""),
                            Period.LAST_7_DAYS, List.of("")));
        } finally {
            redis.on();
        }
    }
}
