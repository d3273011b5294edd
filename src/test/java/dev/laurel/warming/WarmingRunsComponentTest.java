package dev.laurel.warming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.warming.forecast.Decay;
import dev.laurel.warming.forecast.Demand;
import dev.laurel.warming.forecast.DemandStore;
import dev.laurel.warming.forecast.RememberedDemand;
import dev.laurel.warming.forecast.View;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs of several processes on one PostgreSQL, and what they remember there. */
@QuarkusTest
class WarmingRunsComponentTest {
    private static final Instant NOW = Instant.parse("2023-03-06T08:00:00Z");
    private static final int HOUR = 8;

    @Inject
    Sql sql;

    private final String kind = "kind-" + UUID.randomUUID();

    private View view(int number) {
        return new View(kind, Tenant.DEFAULT, "s" + number, null);
    }

    private RememberedDemand demandFor(int views) {
        RememberedDemand store = new RememberedDemand(new Decay(Duration.ofDays(14)), 1_000);
        List<Demand> demands = new ArrayList<>();
        for (int i = 0; i < views; i++) {
            demands.add(new Demand(view(i), HOUR, views - i, NOW));
        }
        store.add(demands).await().indefinitely();
        return store;
    }

    /** A process with a feature that remembers what it was asked to load. */
    private final class Process implements Warmable {
        private final Set<String> loaded = new ConcurrentSkipListSet<>();
        private final WarmingFigures figures = new WarmingFigures(new SimpleMeterRegistry());
        private final Reach reach;
        private final Warming warming;
        private RuntimeException failure;

        Process(DemandStore demand, WarmingConfig config, Reach reach) {
            this.reach = reach;
            this.warming = new Warming(
                    demand,
                    new Pieces(sql),
                    figures,
                    config,
                    Clock.fixed(NOW.minusSeconds(60), ZoneOffset.UTC),
                    List.of(this));
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public Reach reach() {
            return reach;
        }

        @Override
        public Duration keptFor() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Uni<List<String>> load(Tenant tenant, List<String> subjects) {
            if (failure != null) {
                return Uni.createFrom().failure(failure);
            }
            assertThat(subjects).hasSizeBetween(1, Warming.BATCH);
            loaded.addAll(subjects);
            return Uni.createFrom().item(subjects);
        }
    }

    private static WarmingConfig settings(int atMost, Duration atMostFor) {
        return new GivenWarming(1_000, atMost, atMostFor);
    }

    private static Set<String> subjects(int views) {
        return IntStream.range(0, views).mapToObj(i -> "s" + i).collect(Collectors.toSet());
    }

    /** Claims are named by the occasion: each test has its own instant of the hour. */
    private Occasion ofItsOwn() {
        return new Occasion(Trigger.FORECAST, NOW.plusNanos(new Random().nextInt(1_000_000_000)));
    }

    @Test
    void twoProcessesShareWhatIsKeptForAll() {
        RememberedDemand demand = demandFor(300);
        WarmingConfig config = settings(1_000, Duration.ofMinutes(5));
        Process one = new Process(demand, config, Warmable.Reach.ALL);
        Process other = new Process(demand, config, Warmable.Reach.ALL);
        Occasion occasion = ofItsOwn();

        List<WarmingRun> runs = OnEventLoop.await(() -> Uni.join()
                .all(one.warming.run(occasion), other.warming.run(occasion))
                .andFailFast());

        Set<String> all = new TreeSet<>(one.loaded);
        all.addAll(other.loaded);
        assertThat(all).containsExactlyInAnyOrderElementsOf(subjects(300));
        assertThat(one.loaded).doesNotContainAnyElementsOf(other.loaded);
        assertThat(runs).allMatch(WarmingRun::complete).allMatch(run -> run.wanted() == 300);
        assertThat(runs.stream().mapToInt(WarmingRun::loaded).sum()).isEqualTo(300);
        assertThat(runs.stream().mapToInt(WarmingRun::left).sum()).isEqualTo(300);

        Process late = new Process(demand, config, Warmable.Reach.ALL);
        assertThat(OnEventLoop.await(() -> late.warming.run(occasion)).left()).isEqualTo(300);
        assertThat(late.loaded).isEmpty();
    }

    @Test
    void whatEachKeepsForItselfEachLoads() {
        RememberedDemand demand = demandFor(100);
        WarmingConfig config = settings(1_000, Duration.ofMinutes(5));
        Process one = new Process(demand, config, Warmable.Reach.PROCESS);
        Process other = new Process(demand, config, Warmable.Reach.PROCESS);
        Occasion occasion = ofItsOwn();

        OnEventLoop.await(() -> Uni.join()
                .all(one.warming.run(occasion), other.warming.run(occasion))
                .andFailFast());

        assertThat(one.loaded).containsExactlyInAnyOrderElementsOf(subjects(100));
        assertThat(other.loaded).containsExactlyInAnyOrderElementsOf(subjects(100));
    }

    @Test
    void aRunIsBounded() {
        RememberedDemand demand = demandFor(200);
        Process few = new Process(demand, settings(30, Duration.ofMinutes(5)), Warmable.Reach.ALL);
        Process noTime = new Process(demand, settings(1_000, Duration.ZERO), Warmable.Reach.PROCESS);

        WarmingRun bounded = OnEventLoop.await(() -> few.warming.run(ofItsOwn()));
        WarmingRun cut = OnEventLoop.await(() -> noTime.warming.run(ofItsOwn()));

        assertThat(few.loaded).containsExactlyInAnyOrderElementsOf(subjects(30));
        assertThat(bounded.complete()).isTrue();
        assertThat(noTime.loaded).isEmpty();
        assertThat(cut.complete()).isFalse();
    }

    @Test
    void aRunEndsWithItsStoreAndGoesOnPastWhatIsGone() {
        Process gone = new Process(demandFor(50), settings(100, Duration.ofMinutes(5)), Warmable.Reach.ALL);
        gone.failure = new NotFound("There is no such board");
        Process away = new Process(demandFor(50), settings(100, Duration.ofMinutes(5)), Warmable.Reach.ALL);
        away.failure = Unavailable.store("Redis", null);

        assertThat(OnEventLoop.await(() -> gone.warming.run(ofItsOwn()))).satisfies(run -> {
            assertThat(run.failure()).isNull();
            assertThat(run.loaded()).isZero();
        });
        assertThat(OnEventLoop.await(() -> away.warming.run(ofItsOwn()))).satisfies(run -> {
            assertThat(run.failure()).contains("Redis");
            assertThat(run.complete()).isFalse();
        });
        assertThat(away.figures.runs()).hasSize(1);
    }

    @Test
    void aQuietHourPreparesTheDayForAll() {
        RememberedDemand demand = demandFor(10);
        Process common = new Process(demand, settings(100, Duration.ofMinutes(5)), Warmable.Reach.ALL);
        Process own = new Process(demand, settings(100, Duration.ofMinutes(5)), Warmable.Reach.PROCESS);
        Instant night = NOW.minus(Duration.ofHours(5)).plusNanos(new Random().nextInt(1_000_000_000));

        OnEventLoop.await(() -> common.warming.run(new Occasion(Trigger.QUIET_HOUR, night)));
        OnEventLoop.await(() -> own.warming.run(new Occasion(Trigger.QUIET_HOUR, night)));

        assertThat(common.loaded).hasSize(10);
        assertThat(own.loaded).isEmpty();
    }

    @Test
    void whatIsLoadedAndThenReadIsCounted() {
        Process process = new Process(demandFor(3), settings(100, Duration.ofMinutes(5)), Warmable.Reach.ALL);
        OnEventLoop.await(() -> process.warming.run(ofItsOwn()));

        process.figures.read(Map.of(view(0), 4L, view(1), 1L, view(9), 2L), NOW);
        process.figures.read(Map.of(view(0), 1L), NOW);
        process.figures.read(Map.of(view(2), 1L), NOW.plus(Duration.ofMinutes(10)));

        assertThat(process.figures.counts()).containsExactly(new WarmingFigures.Counts(kind, 9, 3, 2, 6));
    }

    /** What the table remembers is what the oracle does; another process, as after a restart, finds it. */
    @Test
    void theTableRemembersWithDecayTheMostWanted() {
        Random random = new Random(5);
        RememberedDemand oracle = new RememberedDemand(new Decay(Duration.ofDays(14)), 1_000);
        Instant last = NOW.plus(Duration.ofDays(28));
        for (int week = 0; week < 5; week++) {
            Instant at = NOW.plus(Duration.ofDays(7 * week));
            List<Demand> demands = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                if (random.nextBoolean()) {
                    demands.add(new Demand(view(i), HOUR, 1 + random.nextInt(50), at));
                }
            }
            oracle.add(demands).await().indefinitely();
            OnEventLoop.await(() -> table(1_000, at).add(demands));
        }

        assertThat(remembered(last)).isEqualTo(weights(oracle.at(HOUR).await().indefinitely(), last));

        OnEventLoop.await(() -> table(5, last.plus(Duration.ofHours(1)))
                .add(List.of(new Demand(view(99), HOUR + 1, 1, last.plus(Duration.ofHours(1))))));
        Map<String, Long> first = weights(oracle.at(HOUR).await().indefinitely(), last).entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(5)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(remembered(last)).isEqualTo(first);
        double[] byHour = OnEventLoop.await(() -> table(5, last).byHour());
        assertThat(byHour[HOUR])
                .isGreaterThanOrEqualTo(
                        first.values().stream().mapToLong(one -> one).sum() / 1_000.0 - 0.01);
    }

    private DemandTable table(int remembered, Instant now) {
        return new DemandTable(
                sql, new GivenWarming(remembered, 100, Duration.ofMinutes(5)), Clock.fixed(now, ZoneOffset.UTC));
    }

    /** In thousandths. */
    private Map<String, Long> remembered(Instant now) {
        return weights(
                OnEventLoop.await(() -> table(1_000, now).at(HOUR)).stream()
                        .filter(one -> one.view().kind().equals(kind))
                        .toList(),
                now);
    }

    private static Map<String, Long> weights(List<Demand> demands, Instant now) {
        Decay decay = new Decay(Duration.ofDays(14));
        return demands.stream()
                .collect(Collectors.toMap(
                        one -> one.view().subject(),
                        one -> Math.round(1_000 * decay.at(now, one.weight(), one.countedAt()))));
    }
}
