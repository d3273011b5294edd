package dev.laurel;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.InOrder;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Oracle;
import dev.laurel.testing.Oracle.Effect;
import dev.laurel.testing.Period;
import dev.laurel.testing.RaceData;
import dev.laurel.testing.RaceData.ExpectedPlace;
import dev.laurel.testing.RaceData.Result;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Seventy-seven seasons of published race results, event by event, against every window they make. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RaceDataComponentTest {
    private static final int ONE_BY_ONE = 2_000;
    private static final int BATCH = 500;

    private final BoardSpec board =
            aBoard("f1").sum().decimals(2).lateDays(36_525).build();
    private final List<Result> results = RaceData.results();

    @TestHTTPResource
    URI service;

    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    @Test
    @Order(1)
    void everyResultIsAccepted() {
        api.putBoard(board).expect(201);
        Map<String, Effect> expected = effects();
        AtomicInteger accepted = new AtomicInteger();

        // The first ones each in a request of its own, the others in batches: a file of this size takes a client
        // seconds, not minutes.
        InOrder.forEach(results.subList(0, ONE_BY_ONE), Result::driver, result -> {
            assertAccepted(api.submit(board.id(), result.event()).expect(200).json(), result, expected);
            accepted.incrementAndGet();
        });
        for (int from = ONE_BY_ONE; from < results.size(); from += BATCH) {
            List<Result> batch = results.subList(from, Math.min(from + BATCH, results.size()));
            JsonNode answers = api.submitAll(
                            board.id(), batch.stream().map(Result::event).toList())
                    .expect(200)
                    .json()
                    .path("results");
            assertThat(answers).hasSameSizeAs(batch);
            for (int i = 0; i < batch.size(); i++) {
                assertAccepted(answers.path(i), batch.get(i), expected);
                accepted.incrementAndGet();
            }
        }

        assertThat(accepted).hasValue(28_101);
    }

    private static void assertAccepted(JsonNode answer, Result result, Map<String, Effect> expected) {
        assertThat(answer.path("eventId").asText()).isEqualTo(result.eventId());
        assertThat(answer.path("status").asText())
                .as("status of %s", result)
                .isEqualTo(expected.get(result.eventId()).name());
    }

    @Test
    @Order(2)
    void everyWindowSince1991HasThePublishedRanking() {
        Map<List<Object>, List<ExpectedPlace>> windows = RaceData.expectedPlaces().stream()
                .collect(Collectors.groupingBy(
                        place -> List.of(place.period(), place.window()), LinkedHashMap::new, Collectors.toList()));
        AtomicInteger rows = new AtomicInteger();

        InOrder.forEach(windows.values(), expected -> rows.addAndGet(compareWindow(expected)));

        assertThat(windows).hasSize(1_663);
        assertThat(rows).hasValue(36_892);
    }

    @Test
    @Order(3)
    void allTimeTotalsAreTheSumsOfTheFile() {
        Map<String, BigDecimal> sums = new HashMap<>();
        results.forEach(result -> sums.merge(result.driver(), result.points(), BigDecimal::add));

        JsonNode ranking =
                api.top(board.id(), Period.ALL_TIME, "limit=1000").expect(200).json();

        assertThat(ranking.path("total").asInt()).isEqualTo(860);
        assertThat(ranking.path("entries")).hasSize(860);
        for (JsonNode entry : ranking.path("entries")) {
            BigDecimal sum = sums.remove(entry.path("playerId").asText());
            assertThat(entry.path("score").decimalValue()).as("%s", entry).isEqualByComparingTo(sum);
            long better = countAbove(ranking, sum);
            assertThat(entry.path("rank").asLong()).as("%s", entry).isEqualTo(better + 1);
        }
        assertThat(sums).isEmpty();
    }

    @Test
    @Order(4)
    void aSecondSubmissionOfTheFileChangesNothing() {
        String before = entries(Period.ALL_TIME, "all");

        InOrder.forEach(
                results.subList(0, 2_000), Result::driver, result -> assertThat(api.submit(board.id(), result.event())
                                .expect(200)
                                .json()
                                .path("status")
                                .asText())
                        .as("status of %s", result)
                        .isEqualTo("DUPLICATE"));

        assertThat(entries(Period.ALL_TIME, "all")).isEqualTo(before);
    }

    private Map<String, Effect> effects() {
        Oracle oracle = new Oracle(board);
        Map<String, Effect> effects = new HashMap<>();
        results.forEach(result -> effects.put(result.eventId(), oracle.accept(result.event())));
        return effects;
    }

    private int compareWindow(List<ExpectedPlace> expected) {
        ExpectedPlace first = expected.get(0);
        String query = "limit=1000&window=" + first.window();
        JsonNode ranking =
                api.top(board.id(), first.period(), query).expect(200).json();
        String what = first.period() + " " + first.window();
        assertThat(ranking.path("window").path("id").asText()).as(what).isEqualTo(first.window());
        assertThat(ranking.path("window").path("state").asText()).as(what).isEqualTo("OPEN");
        assertThat(ranking.path("total").asInt()).as(what).isEqualTo(expected.size());
        assertThat(ranking.path("entries")).as(what).hasSize(expected.size());
        Map<String, ExpectedPlace> left =
                expected.stream().collect(Collectors.toMap(ExpectedPlace::driver, place -> place));
        for (JsonNode entry : ranking.path("entries")) {
            ExpectedPlace place = left.remove(entry.path("playerId").asText());
            assertThat(place).as("%s: %s", what, entry).isNotNull();
            assertThat(entry.path("rank").asLong()).as("%s: %s", what, entry).isEqualTo(place.rank());
            assertThat(entry.path("score").decimalValue())
                    .as("%s: %s", what, entry)
                    .isEqualByComparingTo(place.points());
        }
        assertThat(left).as(what).isEmpty();
        return expected.size();
    }

    private static long countAbove(JsonNode ranking, BigDecimal score) {
        long above = 0;
        for (JsonNode entry : ranking.path("entries")) {
            above += entry.path("score").decimalValue().compareTo(score) > 0 ? 1 : 0;
        }
        return above;
    }

    private String entries(Period period, String window) {
        String query = "limit=1000&window=" + window;
        return api.top(board.id(), period, query)
                .expect(200)
                .json()
                .path("entries")
                .toString();
    }
}
