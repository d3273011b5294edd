package dev.laurel.standings.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.archive.Rollover;
import dev.laurel.standings.baseline.MetricOracle.Entry;
import dev.laurel.standings.baseline.MetricOracle.Event;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Gains, weighted sums and metrics that come later, over random events, baselines that come late and again, corrections, a
 * freeze and the end of the season: both stores and the archive equal an oracle that counts everything again.
 */
@QuarkusTest
class DerivedMetricsComponentTest {
    private static final Logger LOG = Logger.getLogger(DerivedMetricsComponentTest.class);
    private static final Instant PRESENT = Instant.parse("2024-05-20T12:00:00Z");
    private static final int PLAYERS = 14;
    private static final int EVENTS = 90;
    private static final List<String> EVERYWHERE = List.of("all_time", "season", "last_7_days");

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));
    private final Random random = new Random(seed);
    private final Map<String, MetricOracle> boards = new LinkedHashMap<>();
    private final List<String> metrics = new ArrayList<>(List.of("power", "kills", "deaths", "killsGained", "points"));
    private int events;

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Rollover rollover;

    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        LOG.infof("random events of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        api = new LaurelApi(service);
        clock.stopAt(PRESENT);
    }

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Test
    void bothStoresAndTheArchiveAgreeWithAnOracle() {
        for (String operator : List.of("SUM", "LATEST", "BEST")) {
            createBoard(operator);
        }
        boards.forEach(this::submitSome);
        assertAgreement("REDIS", EVERYWHERE);
        boards.forEach(this::setSomeBaselines);
        assertAgreement("REDIS", EVERYWHERE);
        boards.keySet().forEach(this::addMetrics);
        metrics.addAll(List.of("tech", "rating"));
        assertAgreement("REDIS", EVERYWHERE);
        boards.forEach(this::submitSome);
        boards.forEach(this::setSomeBaselines);
        boards.forEach(this::correct);
        assertAgreement("REDIS", EVERYWHERE);
        withoutRedis(() -> assertAgreement("POSTGRES", EVERYWHERE));
        assertAgreement("REDIS", EVERYWHERE);

        boards.keySet().forEach(board -> api.put(path(board) + "/freeze", "").expect(201));
        clock.stopAt(PRESENT.plusSeconds(30));
        assertAgreement("FROZEN", EVERYWHERE);
        boards.keySet().forEach(board -> api.delete(path(board) + "/freeze").expect(204));

        clock.stopAt(PRESENT.plus(Duration.ofDays(80)));
        OnEventLoop.await(rollover::closeDue);
        assertAgreement("ARCHIVE", List.of("season?window=spring"));
        boards.forEach(this::correctTheArchive);
        assertAgreement("ARCHIVE", List.of("season?window=spring"));
        boards.forEach(this::setBaselinesOfTheClosedSeason);
        assertAgreement("ARCHIVE", List.of("season?window=spring"));
        boards.forEach(this::compareSeasons);
    }

    private static String path(String board) {
        return "/api/v1/boards/" + board;
    }

    private void createBoard(String operator) {
        String board = "derived-" + operator.toLowerCase(Locale.ROOT) + "-" + seed;
        api.putBoard(board, """
                {"title":"Derived","operator":"%s","metrics":["power","kills","deaths"],"lateness":"P30D","minScore":-100000,
                 "derivedMetrics":[{"name":"killsGained","gainOf":"kills"},
                    {"name":"points","weighted":{"kills":10,"deaths":-2.5,"killsGained":3}}],
                 "periods":["DAILY","ALL_TIME","SEASON","LAST_7_DAYS"]}""".formatted(operator)).expect(201);
        api.put(path(board) + "/seasons/spring", """
                {"title":"Spring","start":"2024-05-01T00:00:00Z","end":"2024-06-15T00:00:00Z"}""").expect(201);
        MetricOracle oracle = new MetricOracle(operator);
        oracle.gain("killsGained", "kills");
        oracle.weighted(
                "points",
                Map.of(
                        "kills",
                        BigDecimal.TEN,
                        "deaths",
                        new BigDecimal("-2.5"),
                        "killsGained",
                        BigDecimal.valueOf(3)));
        boards.put(board, oracle);
    }

    private void addMetrics(String board) {
        api.patch(path(board), """
                {"metrics":["power","kills","deaths","tech"],"derivedMetrics":[{"name":"killsGained","gainOf":"kills"},
                 {"name":"points","weighted":{"kills":10,"deaths":-2.5,"killsGained":3}},
                 {"name":"rating","weighted":{"tech":0.5,"power":1}}]}""").expect(200);
        boards.get(board).weighted("rating", Map.of("tech", new BigDecimal("0.5"), "power", BigDecimal.ONE));
    }

    private void submitSome(String board, MetricOracle oracle) {
        boolean tech = metrics.contains("tech");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            Map<String, Long> values = new HashMap<>();
            List.of("power", "kills", "deaths").forEach(metric -> values.put(metric, (long) random.nextInt(-2, 6)));
            if (tech && random.nextInt(3) > 0) {
                values.put("tech", (long) random.nextInt(-1, 4));
            }
            // No two at the same instant: those are decided by arrival.
            long at = PRESENT.minus(Duration.ofHours(random.nextInt(120))).toEpochMilli() - events;
            Event event = new Event("e" + events++, "p" + random.nextInt(PLAYERS), at, values);
            oracle.add(event);
            lines.add(line(event));
        }
        Collections.shuffle(lines, random);
        JsonNode results = api.postAs(path(board) + "/scores/batch", "application/x-ndjson", String.join("\n", lines))
                .expect(200)
                .json()
                .path("results");
        results.forEach(result ->
                assertThat(result.path("status").asText()).as("%s", result).isIn("APPLIED", "UNCHANGED"));
    }

    private static String line(Event event) {
        String further = event.values().entrySet().stream()
                .filter(one -> !one.getKey().equals("power"))
                .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
                .collect(Collectors.joining(","));
        return "{\"playerId\":\"%s\",\"score\":%d,\"metrics\":{%s},\"eventId\":\"%s\",\"occurredAt\":\"%s\"}"
                .formatted(
                        event.player(),
                        event.values().get("power"),
                        further,
                        event.id(),
                        Instant.ofEpochMilli(event.at()));
    }

    private void setSomeBaselines(String board, MetricOracle oracle) {
        setSomeBaselines(board, oracle, "REFUSE");
    }

    private void setSomeBaselines(String board, MetricOracle oracle, String closedWindows) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < PLAYERS + 2; i++) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            Map<String, Long> values = new HashMap<>();
            List.of("kills", "power").forEach(metric -> {
                if (random.nextInt(4) > 0) {
                    values.put(metric, (long) random.nextInt(0, 5));
                }
            });
            oracle.setBaseline("p" + i, values);
            rows.add("{\"playerId\":\"p%d\",\"values\":%s}".formatted(i, json(values)));
        }
        api.put(
                        path(board) + "/seasons/spring/baseline?reason=scan&author=test&closedWindows=" + closedWindows,
                        "{\"players\":[" + String.join(",", rows) + "]}")
                .expect(200);
        assertThat(api.get(path(board) + "/seasons/spring/baseline?limit=200")
                        .expect(200)
                        .json()
                        .path("pagination")
                        .path("total")
                        .asInt())
                .isEqualTo(oracle.baselines().size());
    }

    private static String json(Map<String, Long> values) {
        return values.entrySet().stream()
                .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** An adjustment that stays and one that is taken back, where they add; players who are out, and one who is back. */
    private void correct(String board, MetricOracle oracle) {
        if (board.startsWith("derived-sum")) {
            adjust(board, oracle, "p1", Map.of("power", 3L, "kills", -1L, "deaths", 0L, "tech", 2L));
            Event undone = adjust(board, oracle, "p2", Map.of("power", -2L, "kills", 4L, "deaths", 0L));
            api.post(
                            "/api/v1/admin/boards/" + board + "/adjustments/" + undone.id() + "/undo",
                            "{\"reason\":\"wrong\",\"author\":\"test\"}")
                    .expect(200);
            oracle.remove(undone);
        }
        for (String player : List.of("p3", "p4")) {
            for (String period : List.of("all_time", "season")) {
                api.put(
                                "/api/v1/admin/boards/" + board + "/rankings/" + period + "/players/" + player
                                        + "/disqualification",
                                "{\"reason\":\"cheat\",\"author\":\"test\"}")
                        .expect(200);
            }
        }
        for (String period : List.of("all_time", "season")) {
            api.post(
                            "/api/v1/admin/boards/" + board + "/rankings/" + period + "/players/p4/reinstatement",
                            "{\"reason\":\"no cheat\",\"author\":\"test\"}")
                    .expect(200);
        }
        oracle.out("p3");
    }

    private Event adjust(String board, MetricOracle oracle, String player, Map<String, Long> values) {
        Map<String, Long> further = new HashMap<>(values);
        further.remove("power");
        long adjustment = api.post("/api/v1/admin/boards/" + board + "/adjustments", """
                {"playerId":"%s","score":%d,"metrics":%s,"reason":"r","author":"a"}""".formatted(
                                player, values.get("power"), json(further)))
                .expect(200)
                .json()
                .path("adjustment")
                .asLong();
        Event event = new Event(Long.toString(adjustment), player, PRESENT.toEpochMilli(), values);
        oracle.add(event);
        return event;
    }

    private void correctTheArchive(String board, MetricOracle oracle) {
        api.post(
                        "/api/v1/admin/boards/" + board + "/rankings/season/players/p3/reinstatement?window=spring",
                        "{\"reason\":\"no cheat\",\"author\":\"test\"}")
                .expect(200);
        oracle.in("p3");
        api.put(
                        path(board) + "/seasons/spring/baseline?reason=late&author=test",
                        "{\"players\":[{\"playerId\":\"p0\",\"values\":{\"kills\":1}}]}")
                .expect(409);
    }

    /** Its final ranking is made again, and followers of closings learn of it. */
    private void setBaselinesOfTheClosedSeason(String board, MetricOracle oracle) {
        long before = lastClosing(board);
        setSomeBaselines(board, oracle, "REWRITE");
        assertThat(lastClosing(board)).isEqualTo(before + 1);
        api.put(
                        path(board) + "/seasons/spring/baseline?reason=late&author=test&closedWindows=MAYBE",
                        "{\"players\":[]}")
                .expect(422);
    }

    private long lastClosing(String board) {
        JsonNode closings = api.get(path(board) + "/windows/closed?after=0&limit=200")
                .expect(200)
                .json();
        return closings.path("next").asLong();
    }

    /** A player in the closed season and in the running one, each as it is by itself. */
    private void compareSeasons(String board, MetricOracle oracle) {
        api.put(path(board) + "/seasons/summer", """
                {"title":"Summer","start":"2024-06-20T00:00:00Z","end":"2024-12-01T00:00:00Z"}""").expect(201);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !api.board(board).expect(200).json().has("filling"));
        api.submit(board, "{\"playerId\":\"p0\",\"score\":7,\"metrics\":{\"kills\":3,\"deaths\":0}}")
                .expect(200);
        api.put(
                        path(board) + "/seasons/summer/baseline?reason=scan&author=test",
                        "{\"players\":[{\"playerId\":\"p0\",\"values\":{\"kills\":1}}]}")
                .expect(200);

        JsonNode compared = api.get(path(board) + "/players/p0/seasons/compare?first=spring&second=summer")
                .expect(200)
                .json();

        long power = oracle.value("p0", "power", true).score();
        assertThat(compared.path("first")
                        .path("metrics")
                        .path("power")
                        .path("score")
                        .asLong())
                .isEqualTo(power);
        assertThat(compared.path("second")
                        .path("metrics")
                        .path("killsGained")
                        .path("score")
                        .asLong())
                .isEqualTo(2);
        assertThat(compared.path("second")
                        .path("metrics")
                        .path("kills")
                        .path("gain")
                        .asLong())
                .isEqualTo(2);
        assertThat(compared.path("second")
                        .path("metrics")
                        .path("kills")
                        .path("rank")
                        .asLong())
                .isEqualTo(1);
        assertThat(compared.path("changes").path("power").path("score").asLong())
                .isEqualTo(7 - power);
        api.get(path(board) + "/players/p0/seasons/compare?first=spring&second=none")
                .expect(404);
        api.get(path(board) + "/players/p0/seasons/compare?first=spring").expect(422);
    }

    private void withoutRedis(Runnable work) {
        RedisSwitch redis = RedisSwitch.ofTheTestStores();
        redis.off();
        try {
            String board = boards.keySet().iterator().next();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            page(board, "season", "power").path("source").asText())
                    .isEqualTo("POSTGRES"));
            work.run();
        } finally {
            redis.on();
        }
    }

    private JsonNode page(String board, String period, String metric) {
        String address = path(board) + "/rankings/" + period;
        return api.get(address + (address.contains("?") ? "&" : "?") + "limit=1000&metric=" + metric)
                .expect(200)
                .json();
    }

    private void assertAgreement(String source, List<String> periods) {
        boards.forEach((board, oracle) -> {
            for (String period : periods) {
                for (String metric : metrics) {
                    // A disqualification in other windows is none in a rolling one.
                    List<Entry> wanted =
                            oracle.ranking(metric, period.startsWith("season"), !period.startsWith("last"));
                    await().atMost(Duration.ofSeconds(30))
                            .pollDelay(Duration.ZERO)
                            .untilAsserted(() -> {
                                JsonNode page = page(board, period, metric);
                                assertThat(entries(page))
                                        .as("%s of %s by %s, seed %d", period, board, metric, seed)
                                        .isEqualTo(wanted);
                                assertThat(page.path("total").asInt()).isEqualTo(wanted.size());
                                assertThat(page.path("source").asText()).isEqualTo(source);
                            });
                }
            }
            assertRows(board, oracle, periods.get(periods.size() > 1 ? 1 : 0));
        });
    }

    /** Each row has the values of all metrics, what gains count from, and the gains, however it is read. */
    private void assertRows(String board, MetricOracle oracle, String season) {
        int mark = season.indexOf('?');
        String path = path(board) + "/rankings/" + (mark < 0 ? season : season.substring(0, mark));
        String query = (mark < 0 ? "?" : season.substring(mark) + "&") + "with=metrics,baseline,gain&metric=kills";
        String player = oracle.ranking("kills", true, true).get(2).player();
        List<JsonNode> rows = new ArrayList<>();
        api.get(path + query + "&limit=100").expect(200).json().path("entries").forEach(rows::add);
        api.get(path + query + "&minScore=0").expect(200).json().path("entries").forEach(rows::add);
        api.get(path + "/players/" + player + "/neighbours" + query)
                .expect(200)
                .json()
                .path("entries")
                .forEach(rows::add);
        api.post(path + "/lookup" + query, "{\"playerIds\":[\"p0\",\"p1\",\"p2\",\"p3\",\"p4\"]}")
                .expect(200)
                .json()
                .path("entries")
                .forEach(rows::add);
        JsonNode own = api.get(path + "/players/" + player + query).expect(200).json();
        rows.add(own);
        for (String line : api.get(path + "/export" + query + "&format=ndjson")
                .expect(200)
                .text()
                .split("\n")) {
            rows.add(json(line));
        }
        assertThat(rows)
                .hasSizeGreaterThan(2 * oracle.ranking("kills", true, true).size());
        rows.forEach(row -> assertRow(oracle, row));
        for (String metric : metrics) {
            List<Entry> ranking = oracle.ranking(metric, true, true);
            long better = ranking.stream()
                    .filter(one -> oracle.value(player, metric, true) != null
                            && one.score() > oracle.value(player, metric, true).score())
                    .count();
            JsonNode rank = own.path("ranks").path(metric);
            if (oracle.value(player, metric, true) == null) {
                assertThat(rank.isMissingNode()).isTrue();
            } else {
                assertThat(rank.path("rank").asLong())
                        .as("rank by %s in %s", metric, own)
                        .isEqualTo(better + 1);
                assertThat(rank.path("total").asInt()).isEqualTo(ranking.size());
            }
        }
    }

    private void assertRow(MetricOracle oracle, JsonNode row) {
        String player = row.path("playerId").asText();
        Map<String, Long> base = oracle.baselines().getOrDefault(player, Map.of());
        Map<String, Long> values = new HashMap<>();
        Map<String, Long> gains = new HashMap<>();
        for (String metric : metrics) {
            MetricOracle.Value value = oracle.value(player, metric, true);
            if (value != null) {
                values.put(metric, value.score());
            }
            if (value != null && base.containsKey(metric)) {
                gains.put(metric, value.score() - base.get(metric));
            }
        }
        assertThat(numbers(row.path("metrics"))).as("%s, seed %d", row, seed).isEqualTo(values);
        assertThat(numbers(row.path("baseline"))).as("%s, seed %d", row, seed).isEqualTo(base);
        assertThat(numbers(row.path("gain"))).as("%s, seed %d", row, seed).isEqualTo(gains);
    }

    private static Map<String, Long> numbers(JsonNode object) {
        Map<String, Long> numbers = new HashMap<>();
        object.properties()
                .forEach(one -> numbers.put(one.getKey(), one.getValue().asLong()));
        return numbers;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Entry> entries(JsonNode page) {
        List<Entry> entries = new ArrayList<>();
        page.path("entries")
                .forEach(entry -> entries.add(new Entry(
                        entry.path("playerId").asText(),
                        entry.path("score").asLong(),
                        Instant.parse(entry.path("achievedAt").asText()).toEpochMilli())));
        return entries;
    }
}
