package dev.laurel.tier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.Corrections;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.OracleRanking;
import dev.laurel.testing.OracleRanking.Place;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.TestClock;
import dev.laurel.testing.TierOracle;
import dev.laurel.testing.Wire;
import dev.laurel.testing.Workload;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Random tiers on boards of all rules, with random events and corrections: counts, players and the tiers of players are those
 * of a plain loop over all players, of whole boards and of groups, with and without Redis.
 */
@QuarkusTest
class TierPropertyComponentTest {
    private static final Logger LOG = Logger.getLogger(TierPropertyComponentTest.class);
    private static final int EVENTS = Integer.getInteger("laurel.test.tier.events", 900);
    private static final int WINDOWS = 1;
    private static final int STEPS = 4;

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));
    private final Random random = new Random(seed);
    private final List<Workload> workloads = Workload.random(seed, EVENTS);
    private final Map<Workload, TierOracle> tiers = new LinkedHashMap<>();
    private final Map<Workload, Corrections> corrections = new LinkedHashMap<>();
    private final Set<String> members = new HashSet<>();
    private final String group = "squad:" + UUID.randomUUID().toString().substring(0, 8);

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Boards boards;

    @Inject
    Rankings rankings;

    @Inject
    Tiers tiersOf;

    @Inject
    TierDefinitions definitions;

    private LaurelApi api;
    private int compared;

    @BeforeEach
    void define() {
        LOG.infof("random tiers of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        api = new LaurelApi(service);
        for (Workload workload : workloads) {
            String board = workload.board().id();
            api.putBoard(workload.board()).expect(201);
            api.submitAll(board, workload.events()).expect(200);
            corrections.put(workload, new Corrections(api, workload.oracle(), seed));
            tiers.put(workload, TierOracle.random(workload.oracle(), random));
            api.put("/api/v1/boards/" + board + "/tiers", tiers.get(workload).json())
                    .expect(201);
        }
        workloads.get(0).oracle().players().stream()
                .filter(player -> random.nextBoolean())
                .forEach(members::add);
        members.add("absent");
        String address = "/api/v1/groups/" + group.replace(':', '/');
        api.put(address, "{\"title\":\"Squad\"}").expect(201);
        String ids = members.stream().map(Wire::quoted).collect(Collectors.joining(","));
        api.post(address + "/members", "{\"change\":\"REPLACE\",\"playerIds\":[" + ids + "]}")
                .expect(200);
    }

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Test
    void everyPlayerIsInTheFirstTierThatFits() {
        tiers.forEach((workload, oracle) ->
                compare(workload, oracle, some(workload.oracle().windows())));

        correct();
        tiers.forEach((workload, oracle) ->
                compare(workload, oracle, some(corrections.get(workload).touched())));

        RedisSwitch redis = RedisSwitch.ofTheTestStores();
        redis.off();
        try {
            Workload workload = workloads.get(random.nextInt(workloads.size()));
            compare(
                    workload,
                    tiers.get(workload),
                    List.copyOf(workload.oracle().windows()).subList(0, 1));
        } finally {
            redis.on();
        }
        LOG.infof("%d answers about tiers compared, seed %d", compared, seed);
        assertThat(compared).isGreaterThan(150);
    }

    private List<Window> some(Collection<Window> all) {
        List<Window> windows = new ArrayList<>(all);
        while (windows.size() > WINDOWS) {
            windows.remove(random.nextInt(windows.size()));
        }
        return windows;
    }

    /** Corrections show at once; what is merely submitted does so after an upload, or in two minutes. */
    private void correct() {
        for (int step = 0; step < STEPS; step++) {
            Instant now = Workload.PRESENT.plusMillis(step);
            clock.stopAt(now);
            corrections.values().forEach(board -> board.step(now));
        }
        clock.reset();
        workloads.forEach(workload ->
                OnEventLoop.await(() -> boards.get(workload.board().id()).chain(definitions::drop)));
    }

    private void compare(Workload workload, TierOracle oracle, List<Window> windows) {
        for (Window window : windows) {
            Map<String, String> expected = oracle.tiersIn(window);
            int metric = random.nextInt(workload.board().metrics().size());
            OracleRanking ranking = workload.oracle().ranking(window, metric);
            String query = "?window=" + window.id() + "&metric="
                    + workload.board().metrics().get(metric);
            compare(workload, oracle, new Expected(window, ranking, expected), query);
            compare(
                    workload,
                    oracle,
                    new Expected(window, ranking.within(members), expected),
                    query + "&segment=" + group);
            compareEntries(workload, window, workload.oracle().ranking(window), expected);
        }
    }

    private void compare(Workload workload, TierOracle oracle, Expected expected, String query) {
        String address = "/api/v1/boards/" + workload.board().id() + "/rankings/"
                + expected.window.period().word() + "/tiers";
        JsonNode counts = api.get(address + query).expect(200).json();
        Map<String, Long> counted = new LinkedHashMap<>();
        counts.path("tiers")
                .forEach(one -> counted.put(
                        one.path("name").asText(), one.path("players").asLong()));
        String what = address + query + " of " + oracle.json();
        assertThat(counted.keySet())
                .containsExactlyElementsOf(
                        oracle.tiers().stream().map(TierOracle.Tier::name).toList());
        counted.forEach((tier, players) -> {
            List<Place> places = expected.in(tier);
            assertThat(players).as("%s in %s", tier, what).isEqualTo(places.size());
            JsonNode page = api.get(address + "/" + LaurelApi.segment(tier) + "/players" + query + "&limit=200")
                    .expect(200)
                    .json();
            List<String> listed = new ArrayList<>();
            page.path("items")
                    .forEach(one -> listed.add(one.path("rank").asText() + " "
                            + one.path("playerId").asText()));
            assertThat(listed)
                    .as("%s in %s", tier, what)
                    .containsExactlyElementsOf(places.stream()
                            .map(place -> place.rank() + " " + place.playerId())
                            .toList());
            assertThat(page.at("/pagination/total").asLong()).isEqualTo(players);
            compared++;
        });
        assertThat(counts.path("total").asInt()).as(what).isEqualTo(expected.ranking.total());
    }

    private void compareEntries(Workload workload, Window window, OracleRanking ranking, Map<String, String> expected) {
        List<String> players = ranking.places().stream().map(Place::playerId).toList();
        RankingQuery query = new RankingQuery(
                new BoardName(Tenant.DEFAULT, workload.board().id()),
                Period.valueOf(window.period().name()),
                window.id(),
                null);
        Map<String, String> found =
                OnEventLoop.await(() -> rankings.of(query).chain(of -> tiersOf.of(of, window.id(), players)));
        assertThat(new TreeMap<>(found))
                .as("%s of %s", window, workload.board())
                .isEqualTo(expected.entrySet().stream()
                        .filter(one -> players.contains(one.getKey()))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
        Map<String, String> shown = new TreeMap<>();
        api.top(workload.board().id(), window.period(), "limit=1000&with=tier&window=" + window.id())
                .expect(200)
                .json()
                .path("entries")
                .forEach(one -> {
                    if (one.has("tier")) {
                        shown.put(
                                one.path("playerId").asText(), one.path("tier").asText());
                    }
                });
        assertThat(shown).isEqualTo(new TreeMap<>(found));
        compared++;
    }

    private record Expected(Window window, OracleRanking ranking, Map<String, String> tiers) {
        List<Place> in(String tier) {
            return ranking.places().stream()
                    .filter(place -> tier.equals(tiers.get(place.playerId())))
                    .toList();
        }
    }
}
