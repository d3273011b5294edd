package dev.laurel.standings.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The bounds of metrics: how many there are, how large derived ones get, and what a board with events keeps. */
@QuarkusTest
class MetricBoundsComponentTest {
    private static final long MAX = 9_007_199_254_740_991L;

    private final String board = "bounds-" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "/api/v1/boards/" + board;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TestHTTPResource
    URI service;

    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private Reply submit(String player, Instant at, String score, String metrics) {
        return api.submit(
                board,
                "{\"playerId\":\"%s\",\"score\":%s,\"occurredAt\":\"%s\",\"metrics\":{%s}}"
                        .formatted(player, score, at, metrics));
    }

    private JsonNode own(String player, String query) {
        return api.get(path + "/rankings/" + query.formatted(player))
                .expect(200)
                .json();
    }

    @Test
    void theLastOf32MetricsIsReachedWhenItsEventsSayInWhateverOrderTheyArrive() {
        api.putBoard(board, "{\"title\":\"Many\",\"metrics\":" + names(33) + "}")
                .expect(422);
        api.putBoard(board, "{\"title\":\"Many\",\"metrics\":" + names(32) + "}")
                .expect(201);

        submit("a", now.minusSeconds(20), "1", "\"m31\":4").expect(200);
        submit("a", now.minusSeconds(10), "1", "\"m31\":0").expect(200);
        submit("b", now.minusSeconds(10), "1", "\"m31\":0").expect(200);
        submit("b", now.minusSeconds(20), "1", "\"m31\":4").expect(200);

        for (String player : new String[] {"a", "b"}) {
            JsonNode place = own(player, "all_time/players/%s?metric=m31");
            assertThat(place.path("score").asLong()).isEqualTo(4);
            assertThat(Instant.parse(place.path("achievedAt").asText())).isEqualTo(now.minusSeconds(20));
        }
        assertThat(own("a", "all_time/players/%s?with=metrics").path("ranks")).hasSize(32);
    }

    @Test
    void aMetricThatCameLaterIsReachedWhenItsEventsSayToo() {
        api.putBoard(board, "{\"title\":\"Later\"}").expect(201);
        submit("a", now.minusSeconds(50), "1", "").expect(200);
        submit("b", now.minusSeconds(50), "1", "").expect(200);
        api.patch(path, "{\"metrics\":[\"score\",\"later\"]}").expect(200);
        for (String kept : new String[] {"[\"score\"]", "[\"points\",\"later\"]", "[\"later\",\"score\"]"}) {
            api.patch(path, "{\"metrics\":" + kept + "}").expect(409);
        }

        submit("a", now.minusSeconds(20), "1", "\"later\":4").expect(200);
        submit("a", now.minusSeconds(10), "1", "\"later\":0").expect(200);
        submit("b", now.minusSeconds(10), "1", "\"later\":0").expect(200);
        submit("b", now.minusSeconds(20), "1", "\"later\":4").expect(200);

        for (String player : new String[] {"a", "b"}) {
            JsonNode place = own(player, "all_time/players/%s?metric=later");
            assertThat(place.path("score").asLong()).isEqualTo(4);
            assertThat(Instant.parse(place.path("achievedAt").asText())).isEqualTo(now.minusSeconds(20));
        }
    }

    @Test
    void whatTakesADerivedValueOutOfRangeIsRefusedAndChangesNothing() {
        api.putBoard(board, """
                {"title":"Range","operator":"LATEST","metrics":["power"],"periods":["ALL_TIME","SEASON"],
                 "derivedMetrics":[{"name":"gained","gainOf":"power"},{"name":"twice","weighted":{"power":2}}]}""").expect(201);
        api.put(
                        path + "/seasons/spring",
                        "{\"title\":\"Spring\",\"start\":\"%s\",\"end\":\"%s\"}"
                                .formatted(now.minusSeconds(3_600), now.plusSeconds(3_600)))
                .expect(201);
        submit("a", now.minusSeconds(9), "5", "").expect(200);

        submit("a", now.minusSeconds(5), Long.toString(MAX / 2 + 1), "").expect(422);
        assertThat(own("a", "season/players/%s?metric=twice").path("score").asLong())
                .isEqualTo(10);

        String baseline = path + "/seasons/spring/baseline?reason=scan&author=test";
        String row = "{\"players\":[{\"playerId\":\"a\",\"values\":{\"power\":%d}}]}";
        api.put(baseline, row.formatted(-MAX)).expect(409);
        assertThat(own("a", "season/players/%s?metric=gained").path("ranked").asBoolean())
                .isFalse();
        api.put(baseline, row.formatted(2)).expect(200);
        assertThat(own("a", "season/players/%s?metric=gained").path("score").asLong())
                .isEqualTo(3);
        JsonNode removed = api.put(baseline, "{\"players\":[{\"playerId\":\"a\",\"values\":{}}]}")
                .expect(200)
                .json();
        assertThat(own("a", "season/players/%s?metric=gained").path("ranked").asBoolean())
                .isFalse();
        api.put(baseline, "{\"players\":" + removed.path("previous") + "}").expect(200);
        assertThat(own("a", "season/players/%s?metric=gained").path("score").asLong())
                .isEqualTo(3);

        String metrics = "{\"metrics\":[\"power\"],\"derivedMetrics\":[{\"name\":\"gained\",\"gainOf\":\"power\"},"
                + "{\"name\":\"twice\",\"weighted\":{\"power\":%s}}]}";
        api.patch(path, metrics.formatted("3")).expect(409);
        api.patch(path, metrics.formatted("2.0")).expect(200);
        // What the derived ones follow from is missing.
        api.patch(path, "{\"metrics\":[\"might\"]}").expect(422);
    }

    @Test
    void theLatestValueOfAMetricThatCameLaterDoesNotDependOnTheOrderOfArrival() {
        api.putBoard(board, "{\"title\":\"Later\",\"operator\":\"LATEST\"}").expect(201);
        submit("a", now.minusSeconds(50), "1", "").expect(200);
        api.patch(path, "{\"metrics\":[\"score\",\"later\"]}").expect(200);

        submit("a", now.minusSeconds(30), "2", "\"later\":1").expect(200);
        submit("a", now.minusSeconds(10), "3", "").expect(200);
        submit("a", now.minusSeconds(20), "9", "\"later\":2").expect(200);
        submit("a", now.minusSeconds(40), "8", "\"later\":7").expect(200);

        JsonNode place = own("a", "all_time/players/%s?metric=later");
        assertThat(place.path("score").asLong()).isEqualTo(2);
        assertThat(Instant.parse(place.path("achievedAt").asText())).isEqualTo(now.minusSeconds(20));
        assertThat(own("a", "all_time/players/%s").path("score").asLong()).isEqualTo(3);
    }

    @Test
    void theFirstBaselineKeepsMetricsAndDecimals() {
        String gained = "\"derivedMetrics\":[{\"name\":\"gained\",\"gainOf\":\"kills\"}]";
        String definition =
                "{\"title\":\"Before\",\"periods\":[\"SEASON\"],\"metrics\":%s,\"decimals\":%d," + gained + "}";
        api.putBoard(board, definition.formatted("[\"power\",\"kills\",\"deaths\"]", 0))
                .expect(201);
        api.putBoard(board, definition.formatted("[\"power\",\"deaths\",\"kills\"]", 1))
                .expect(200);
        api.putBoard(board, definition.formatted("[\"power\",\"kills\",\"deaths\"]", 0))
                .expect(200);
        setBaseline("{\"kills\":120000,\"deaths\":7}");

        for (String metrics : new String[] {"[\"power\",\"deaths\",\"kills\"]", "[\"power\",\"kills\"]"}) {
            assertThat(api.putBoard(board, definition.formatted(metrics, 0))
                            .expect(409)
                            .json()
                            .path("detail")
                            .asText())
                    .contains("has baselines", "metrics");
        }
        api.putBoard(board, definition.formatted("[\"power\",\"kills\",\"deaths\"]", 2))
                .expect(409);
        api.patch(path, "{\"metrics\":[\"power\",\"kills\",\"deaths\",\"tech\"],\"rankMode\":\"DENSE\"," + gained + "}")
                .expect(200);
        // It came before the first event, so no event may lack it.
        assertThat(api.board(board).expect(200).json().path("optionalMetrics")).isEmpty();
        JsonNode kept = api.get(path + "/seasons/spring/baseline").expect(200).json();
        assertThat(kept.path("items").get(0).path("values").path("kills").asLong())
                .isEqualTo(120_000);
        setBaseline("{}");
        api.putBoard(board, definition.formatted("[\"power\",\"deaths\"]", 2).replace("\"kills\"", "\"deaths\""))
                .expect(200);
    }

    private void setBaseline(String values) {
        api.put(
                path + "/seasons/spring",
                "{\"title\":\"Spring\",\"start\":\"%s\",\"end\":\"%s\"}"
                        .formatted(now.minusSeconds(3_600), now.plusSeconds(3_600)));
        api.put(
                        path + "/seasons/spring/baseline?reason=scan&author=test",
                        "{\"players\":[{\"playerId\":\"a\",\"values\":" + values + "}]}")
                .expect(200);
    }

    @Test
    void aPlayerWithoutAValueOfTheRankedMetricIsShownWithTheOthers() {
        api.putBoard(board, """
                {"title":"Row","metrics":["power","kills"],"periods":["SEASON"],
                 "derivedMetrics":[{"name":"gained","gainOf":"kills"}]}""").expect(201);
        api.put(
                        path + "/seasons/spring",
                        "{\"title\":\"Spring\",\"start\":\"%s\",\"end\":\"%s\"}"
                                .formatted(now.minusSeconds(3_600), now.plusSeconds(3_600)))
                .expect(201);
        submit("a", now.minusSeconds(9), "5", "\"kills\":3").expect(200);

        JsonNode row = own("a", "season/players/%s?metric=gained&with=metrics,gain");

        assertThat(row.path("ranked").asBoolean()).isFalse();
        assertThat(row.path("metrics").path("power").asLong()).isEqualTo(5);
        assertThat(row.path("metrics").path("kills").asLong()).isEqualTo(3);
        assertThat(row.path("ranks").path("power").path("rank").asLong()).isEqualTo(1);
        assertThat(row.path("gain")).isEmpty();
    }

    @Test
    void aWeightBeyondAnyNumberIsRefused() {
        for (String weight : new String[] {"1e99999999999", "100e2147483647", "1e-99999999999", "1e2000", "1e-2000"}) {
            assertThat(api.putBoard(
                                    board,
                                    "{\"title\":\"x\",\"derivedMetrics\":[{\"name\":\"p\",\"weighted\":{\"score\":%s}}]}"
                                            .formatted(weight))
                            .expect(422)
                            .text())
                    .contains("derivedMetrics.p.weighted.score");
        }
    }
}
