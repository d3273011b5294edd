package dev.laurel.analytics;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.analytics.History.Event;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Every figure of analytics equals what plain loops make of the events. */
@QuarkusTest
class AnalyticsComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Offset<Double> CLOSE = within(2e-6);

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> players = List.of("ann-" + unique, "bob-" + unique, "cyd-" + unique, "dan-" + unique);
    private LaurelApi api;
    private BoardSpec board;
    private String operator;
    private LocalDate today;
    private History history;

    @AfterEach
    void goOn() {
        clock.reset();
    }

    private void play(String zone, String by, Instant now, long seed) {
        operator = by;
        today = LocalDate.ofInstant(now, ZoneId.of(zone));
        board = aBoard("analysed")
                .operator(by)
                .allTime()
                .zone(zone)
                .lateDays(70)
                .build();
        clock.stopAt(now);
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        history = new History(api, board.id(), ZoneId.of(zone), by.equals("SUM"), players, seed);
        history.submit(200, now, 60);
        long first = history.adjust(now);
        history.adjust(now);
        history.undo(first, 1);
        // The last of each player's events, so that everything before it has been counted.
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> players.forEach(player -> assertThat(summary(player, "&from=" + today.minusDays(90))
                                        .path("events")
                                        .asLong())
                                .isEqualTo(history.events().stream()
                                        .filter(event -> !event.byHand()
                                                && event.player().equals(player))
                                        .count())));
        if (history.events().stream().anyMatch(Event::byHand) && by.equals("SUM")) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> players.forEach(player -> assertThat(summary(player, "&from=" + today.minusDays(90))
                                            .path("total")
                                            .asLong())
                                    .isEqualTo(History.sum(own(player, today.minusDays(90), today)))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, SUM, 2023-03-20T15:00:00Z, 11",
        "Europe/Berlin, BEST, 2022-11-02T15:00:00Z, 12",
        "Asia/Kathmandu, LATEST, 2023-06-20T18:10:00Z, 13"
    })
    void everyFigureIsThatOfPlainLoops(String zone, String by, Instant now, long seed) {
        play(zone, by, now, seed);
        for (String player : players) {
            assertSummary(player);
            for (String bucket : List.of("DAY", "WEEK", "MONTH")) {
                assertTrend(player, bucket);
            }
            assertMastery(player);
        }
        assertBatch();
        assertComparison();
        assertBoard();
    }

    private void assertSummary(String player) {
        JsonNode found = summary(player, "");
        LocalDate from = today.minusDays(29);
        List<Event> own = own(player, from, today);
        Map<LocalDate, Double> values = new TreeMap<>();
        for (LocalDate day : history.active(player)) {
            if (!day.isBefore(from)) {
                values.put(day, value(own(player, day, day)));
            }
        }
        assertThat(found.path("total").asLong()).isEqualTo(History.sum(own));
        assertThat(found.path("activeDays").asInt()).isEqualTo(values.size());
        assertThat(found.path("averagePerActiveDay").asDouble())
                .isCloseTo((double) History.sum(own) / values.size(), CLOSE);
        LocalDate best = null;
        double mean = 0;
        for (LocalDate day : values.keySet()) {
            best = best == null || values.get(day) > values.get(best) ? day : best;
            mean += values.get(day) / values.size();
        }
        assertThat(found.at("/bestDay/day").asText()).isEqualTo(best.toString());
        assertThat(found.at("/bestDay/value").asDouble()).isEqualTo(values.get(best));
        double squares = 0;
        for (double value : values.values()) {
            squares += (value - mean) * (value - mean);
        }
        assertThat(found.at("/consistency/activeShare").asDouble()).isCloseTo(values.size() / 30.0, CLOSE);
        assertThat(found.at("/consistency/variation").asDouble())
                .isCloseTo(Math.sqrt(squares / (values.size() - 1)) / mean, CLOSE);
        assertThat(found.at("/outcomes/failed").asLong())
                .isEqualTo(own.stream()
                        .filter(event -> "FAILED".equals(event.outcome()))
                        .count());
        assertThat(found.at("/place/players").asInt()).isEqualTo(players.size());
    }

    private void assertTrend(String player, String bucket) {
        JsonNode found = api.get(path(player, "trend", "&window=3&bucket=" + bucket))
                .expect(200)
                .json();
        JsonNode buckets = found.path("buckets");
        List<Double> values = new ArrayList<>();
        for (JsonNode one : buckets) {
            LocalDate from = LocalDate.parse(one.path("from").asText());
            LocalDate to = LocalDate.parse(one.path("to").asText());
            Double value = value(own(player, from, to));
            values.add(value);
            assertThat(one.has("value")).isEqualTo(value != null);
            assertThat(one.path("value").asDouble()).isEqualTo(value == null ? 0 : value);
            double sum = 0;
            int known = 0;
            for (int i = Math.max(0, values.size() - 3); i < values.size(); i++) {
                sum += values.get(i) == null ? 0 : values.get(i);
                known += values.get(i) == null ? 0 : 1;
            }
            assertThat(one.path("movingAverage").asDouble()).isCloseTo(known == 0 ? 0 : sum / known, CLOSE);
        }
        LocalDate first = LocalDate.parse(buckets.get(0).path("from").asText());
        long days = today.toEpochDay() - first.toEpochDay() + 1;
        Double before = value(own(player, first.minusDays(days), first.minusDays(1)));
        Double now = value(own(player, first, today));
        assertThat(found.at("/change/now").asDouble()).isEqualTo(now == null ? 0 : now);
        assertThat(found.at("/change/before").asDouble()).isEqualTo(before == null ? 0 : before);
        assertThat(LocalDate.parse(buckets.get(buckets.size() - 1).path("to").asText()))
                .isAfterOrEqualTo(today);
    }

    private void assertMastery(String player) {
        JsonNode found = api.get(path(player, "mastery", "")).expect(200).json();
        for (JsonNode tag : found.path("tags")) {
            double weight = 0;
            double success = 0;
            for (Event event : own(player, LocalDate.MIN, today)) {
                if (event.outcome() != null
                        && event.tags().contains(tag.path("tag").asText())) {
                    double own = Math.pow(
                            0.5, (today.toEpochDay() - history.day(event).toEpochDay()) / 30.0);
                    weight += own;
                    success += own
                            * (event.outcome().equals("COMPLETED")
                                    ? 1
                                    : event.outcome().equals("PARTIAL") ? 0.5 : 0);
                }
            }
            assertThat(tag.path("mastery").asDouble()).isCloseTo((success + 1) / (weight + 2), CLOSE);
        }
        assertThat(found.path("tags")).hasSize(4);
        assertThat(found.path("strongest").get(0)).isEqualTo(last(found.path("weakest"), found));
    }

    /** Of four tags the third weakest is the second strongest. */
    private static JsonNode last(JsonNode weakest, JsonNode found) {
        assertThat(weakest.get(2)).isEqualTo(found.path("strongest").get(1));
        return found.path("strongest").get(0);
    }

    private void assertBatch() {
        String ids = "\"" + String.join("\",\"", players) + "\",\"nobody-" + unique + "\"";
        JsonNode found = api.post(
                        "/api/v1/analytics/players",
                        "{\"board\":\"" + board.id() + "\",\"playerIds\":[" + ids
                                + "],\"parts\":[\"SUMMARY\",\"STREAK\",\"MASTERY\"]}")
                .expect(200)
                .json();
        assertThat(found.path("missing")).hasSize(1);
        for (JsonNode one : found.path("players")) {
            String player = one.path("playerId").asText();
            JsonNode alone = summary(player, "");
            assertThat(one.at("/summary/total")).isEqualTo(alone.path("total"));
            assertThat(one.at("/summary/outcomes")).isEqualTo(alone.path("outcomes"));
            assertThat(one.path("streak")).isEqualTo(alone.path("streak"));
            assertThat(one.path("mastery"))
                    .isEqualTo(api.get(path(player, "mastery", "")).json().path("tags"));
        }
        assertThat(found.path("players").findValuesAsText("playerId")).isEqualTo(players);
    }

    private void assertComparison() {
        String group = "/api/v1/groups/class/" + unique;
        api.put(group, "{\"title\":\"7b\"}").expect(201);
        String idle = "idle-" + unique;
        api.post(
                        group + "/members",
                        "{\"change\":\"ADD\",\"playerIds\":[\"" + String.join("\",\"", players) + "\",\"" + idle
                                + "\"]}")
                .expect(200);
        String player = players.get(0);
        JsonNode found = api.get(path(player, "comparison", "&segment=class:" + unique))
                .expect(200)
                .json();
        double sum = 0;
        long own = History.sum(own(player, today.minusDays(29), today));
        double below = own > 0 ? 1 : own == 0 ? 0.5 : 0;
        for (String member : players) {
            long total = History.sum(own(member, today.minusDays(29), today));
            sum += total;
            below += total < own ? 1 : total == own ? 0.5 : 0;
        }
        assertThat(found.path("members").asInt()).isEqualTo(5);
        assertThat(found.at("/total/own").asLong()).isEqualTo(own);
        assertThat(found.at("/total/mean").asDouble()).isCloseTo(sum / 5, CLOSE);
        assertThat(found.at("/total/percentile").asDouble()).isEqualTo(below * 20);
        assertThat(found.path("active").asInt()).isBetween(1, 4);
        api.put("/api/v1/players/" + players.get(3), "{\"displayName\":\"Dan\",\"visibility\":\"HIDDEN\"}")
                .expect(201);
        JsonNode fewer = api.get(path(player, "comparison", "&segment=class:" + unique))
                .expect(200)
                .json();
        assertThat(fewer.path("members").asInt()).isEqualTo(4);
        assertThat(fewer.path("minMembers").asInt()).isEqualTo(5);
        assertThat(fewer.at("/total/own").asLong()).isEqualTo(own);
        assertThat(fewer.path("total").size()).isEqualTo(1);
        assertThat(fewer.has("active")).isFalse();
        api.get(path(players.get(3), "summary", "")).expect(404);
        api.delete("/api/v1/players/" + players.get(3));
    }

    private void assertBoard() {
        JsonNode found = api.get("/api/v1/boards/" + board.id() + "/analytics?weeks=12")
                .expect(200)
                .json();
        assertThat(found.path("players").asInt()).isEqualTo(4);
        int week = 0;
        for (String player : players) {
            week += history.active(player).stream().anyMatch(day -> day.isAfter(today.minusDays(7))) ? 1 : 0;
        }
        assertThat(found.at("/active/last7Days").asInt()).isEqualTo(week);
        for (JsonNode cohort : found.path("cohorts")) {
            LocalDate monday = LocalDate.parse(cohort.path("week").asText());
            for (int n = 0; n < cohort.path("active").size(); n++) {
                int active = 0;
                for (String player : players) {
                    List<LocalDate> days = history.active(player);
                    LocalDate from = monday.plusWeeks(n);
                    boolean isNew = !days.get(0).isBefore(monday) && days.get(0).isBefore(monday.plusDays(7));
                    active += isNew
                                    && days.stream()
                                            .anyMatch(day -> !day.isBefore(from) && day.isBefore(from.plusDays(7)))
                            ? 1
                            : 0;
                }
                assertThat(cohort.path("active").get(n).asInt()).isEqualTo(active);
            }
        }
        JsonNode histogram = api.get("/api/v1/boards/" + board.id() + "/rankings/all_time/histogram?buckets=3")
                .expect(200)
                .json();
        assertThat(histogram.path("players").asInt()).isEqualTo(4);
        int counted = 0;
        for (JsonNode bucket : histogram.path("buckets")) {
            counted += bucket.path("players").asInt();
        }
        assertThat(counted).isEqualTo(4);
    }

    @Test
    void anAnswerIsCachedUntilThePlayerDoesSomething() {
        play("UTC", "SUM", Instant.parse("2023-06-20T12:00:00Z"), 21);
        // The process hears of the events after they are in the figures, and drops what it has cached then.
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode first = summary(players.get(0), "");
            clock.stopAt(clock.instant().plusSeconds(60));
            assertThat(summary(players.get(0), "")).isEqualTo(first);
        });
        clock.stopAt(clock.instant().plusSeconds(60));

        history.submit(20, clock.instant(), 2);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        summary(players.get(0), "").path("total").asLong())
                .isEqualTo(History.sum(own(players.get(0), today.minusDays(29), today))));
        assertThat(summary(players.get(0), "").path("asOf").asText())
                .isEqualTo(clock.instant().toString());
    }

    @Test
    void aFrozenBoardIsAnalysedAsOfItsFreeze() {
        Instant now = Instant.parse("2023-06-20T12:00:00Z");
        play("UTC", "SUM", now, 31);
        api.put("/api/v1/boards/" + board.id() + "/freeze", "").expect(201);
        clock.stopAt(now.plusSeconds(10));
        JsonNode frozen = summary(players.get(0), "");
        JsonNode board4 = api.get("/api/v1/boards/" + board.id() + "/analytics")
                .expect(200)
                .json();
        history.submit(40, now.plusSeconds(10), 1);
        clock.stopAt(now.plusSeconds(90_000));

        assertThat(summary(players.get(0), "")).isEqualTo(frozen);
        assertThat(api.get("/api/v1/boards/" + board.id() + "/analytics").json())
                .isEqualTo(board4);
        api.delete("/api/v1/boards/" + board.id() + "/freeze").expect(204);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        summary(players.get(0), "&to=" + today).path("total").asLong())
                .isEqualTo(History.sum(own(players.get(0), today.minusDays(29), today))));
    }

    @Test
    void whatIsWrongIsNamed() {
        play("UTC", "SUM", Instant.parse("2023-06-20T12:00:00Z"), 41);
        String player = players.get(0);
        assertProblem(api.get(path(player, "summary", "&from=2023-02-30")), 422, "from");
        assertProblem(api.get(path(player, "summary", "&from=2023-02-02&to=2023-02-01")), 422, "from");
        assertProblem(api.get(path(player, "summary", "&from=2020-02-02&to=2023-02-01")), 422, "to");
        assertProblem(api.get(path(player, "trend", "&bucket=YEAR")), 422, "bucket");
        assertProblem(api.get(path(player, "trend", "&window=0")), 422, "window");
        assertProblem(api.get(path(player, "comparison", "")), 422, "segment");
        assertProblem(api.get("/api/v1/players/ann/analytics/mastery"), 422, "board");
        assertProblem(api.post("/api/v1/analytics/players", "{\"board\":\"x\",\"playerIds\":[]}"), 422, "playerIds");
        assertProblem(
                api.post("/api/v1/analytics/players", "{\"board\":\"x\",\"playerIds\":[\"a\"],\"parts\":[\"ALL\"]}"),
                422,
                "parts");
        api.get(path("nobody-" + unique, "summary", "")).expect(404);
        api.get("/api/v1/boards/none-" + unique + "/analytics").expect(404);
    }

    /** What counts of a player on some days. */
    private List<Event> own(String player, LocalDate from, LocalDate to) {
        List<Event> own = new ArrayList<>();
        history.days(player).forEach((day, all) -> {
            if (!day.isBefore(from) && !day.isAfter(to)) {
                own.addAll(all);
            }
        });
        return own;
    }

    private Double value(List<Event> events) {
        if (operator.equals("SUM")) {
            return (double) History.sum(events);
        }
        Event chosen = null;
        for (Event event : events) {
            boolean better = chosen == null
                    || (operator.equals("BEST")
                            ? event.score() > chosen.score()
                            : !event.at().isBefore(chosen.at()));
            chosen = better ? event : chosen;
        }
        return chosen == null ? null : (double) chosen.score();
    }

    private JsonNode summary(String player, String query) {
        return api.get(path(player, "summary", query)).expect(200).json();
    }

    private String path(String player, String part, String query) {
        return "/api/v1/players/" + player + "/analytics/" + part + "?board=" + board.id() + query;
    }
}
