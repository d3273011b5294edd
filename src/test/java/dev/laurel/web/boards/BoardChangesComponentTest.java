package dev.laurel.web.boards;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Rollover;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Reply;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Definitions change as they are told to, and lose nothing by silence. */
@QuarkusTest
class BoardChangesComponentTest {
    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Rollover rollover;

    private final String board = "changes-" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "/api/v1/boards/" + board;
    private LaurelApi api;

    @BeforeEach
    void standInTheEvening() {
        api = new LaurelApi(service);
        clock.stopAt(Instant.parse("2024-05-14T20:00:00Z"));
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void aPatchChangesWhatItNames() {
        create("\"decimals\":2,\"minScore\":0.5,\"maxScore\":100,\"lateness\":\"P30D\",\"zone\":\"Europe/Berlin\","
                + "\"metrics\":[\"power\",\"kills\"],\"retention\":\"P90D\"");
        JsonNode before = api.get(path).expect(200).json();

        JsonNode after = api.patch(path, "{\"title\":\"Autumn\",\"retention\":null,\"maxStep\":2.25}")
                .expect(200)
                .json();

        assertThat(after.path("title").asText()).isEqualTo("Autumn");
        assertThat(after.has("retention")).isFalse();
        assertThat(after.path("maxStep").decimalValue()).isEqualByComparingTo("2.25");
        for (String field : List.of(
                "decimals",
                "minScore",
                "maxScore",
                "lateness",
                "zone",
                "metrics",
                "periods",
                "operator",
                "createdAt")) {
            assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
        }
        assertThat(api.patch(path, "{}").expect(200).json().path("title").asText())
                .isEqualTo("Autumn");
        assertThat(api.get(path).expect(200).json().path("maxStep")).isEqualTo(after.path("maxStep"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\":null} | 422 | title",
                "{\"lateness\":\"soon\"} | 422 | lateness",
                "{\"periods\":[]} | 422 | periods",
                "{\"colour\":\"red\"} | 422 | colour",
                "{\"decimals\":\"2\"} | 422 | decimals",
                "[] | 422 | body",
                "null | 422 | body",
                "{\"title\" | 400 |"
            })
    void aPatchThatIsNotValidIsRefused(String patch, int status, String field) {
        create("");

        Reply refused = api.patch(path, patch);

        if (field == null) {
            assertProblem(refused, status);
        } else {
            assertProblem(refused, status, field);
        }
        assertThat(api.get(path).expect(200).json().path("title").asText()).isEqualTo("Changes");
    }

    @Test
    void aPatchIsReadUnderBothItsTypes() {
        create("");

        assertThat(api.send("PATCH", path, "application/json", "{\"title\":\"One\"}")
                        .expect(200)
                        .json()
                        .path("title")
                        .asText())
                .isEqualTo("One");
        assertProblem(api.send("PATCH", path, "text/plain", "{\"title\":\"Two\"}"), 415);
        assertProblem(api.patch("/api/v1/boards/none-" + board, "{\"title\":\"Two\"}"), 404);
    }

    @DisplayName("trap 32: a PUT with a title alone closes no window by its default lateness")
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void aShorterLatenessClosesNoWindowUnasked(String method) {
        create("\"lateness\":\"P30D\"");
        submit("ann", "7", "2024-05-13T12:00:00Z");
        submit("ann", "1", "2024-05-14T12:00:00Z");
        String change = method.equals("PUT") ? "{\"title\":\"Changes\"}" : "{\"lateness\":\"PT5M\"}";

        Reply refused = change(method, path, change);

        assertProblem(refused, 409);
        JsonNode problem = refused.json();
        assertThat(problem.path("code").asText()).isEqualTo("CONFIRMATION_REQUIRED");
        assertThat(problem.path("changes")).hasSize(1);
        JsonNode loss = problem.path("changes").get(0);
        assertThat(loss.path("field").asText()).isEqualTo("lateness");
        assertThat(loss.path("from").asText()).isEqualTo("PT720H");
        assertThat(loss.path("to").asText()).isEqualTo("PT5M");
        assertThat(loss.path("consequence").asText())
                .contains("DAILY 2024-05-13")
                .doesNotContain("2024-05-14")
                .doesNotContain("WEEKLY");
        OnEventLoop.await(rollover::closeDue);
        assertThat(state("daily", "2024-05-13")).isEqualTo("OPEN");

        change(method, path + "?confirm=true", change).expect(200);
        OnEventLoop.await(rollover::closeDue);
        assertThat(state("daily", "2024-05-13")).isEqualTo("CLOSED");
        assertThat(state("daily", "2024-05-14")).isEqualTo("OPEN");
    }

    @Test
    void aPeriodWithEventsIsNotDroppedUnasked() {
        create("\"periods\":[\"DAILY\",\"WEEKLY\",\"YEARLY\",\"LAST_7_DAYS\"]");
        api.patch(path, "{\"periods\":[\"DAILY\",\"WEEKLY\",\"LAST_7_DAYS\"]}").expect(200);
        submit("ann", "7", "2024-05-14T19:59:00Z");

        Reply refused = api.patch(path, "{\"periods\":[\"DAILY\"]}");

        assertProblem(refused, 409);
        assertThat(refused.json().path("changes").findValuesAsText("from")).containsExactly("WEEKLY", "LAST_7_DAYS");
        assertThat(refused.json().path("changes").findValuesAsText("field")).containsOnly("periods");
        assertThat(top("weekly", "").expect(200).json().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void theWindowsOfADroppedPeriodStayReadable() {
        create("\"periods\":[\"DAILY\",\"WEEKLY\"]");
        submit("ann", "7", "2024-05-14T19:59:00Z");
        api.patch(path + "?confirm=true", "{\"periods\":[\"DAILY\"]}").expect(200);
        submit("ann", "7", "2024-05-14T19:59:00Z");

        assertProblem(top("weekly", ""), 404);
        assertProblem(top("weekly", "?window=2024-W10"), 404);
        assertThat(top("weekly", "?window=2024-W20")
                        .expect(200)
                        .json()
                        .at("/entries/0/score")
                        .asInt())
                .isEqualTo(7);
        clock.stopAt(Instant.parse("2024-05-20T00:10:00Z"));
        OnEventLoop.await(rollover::closeDue);
        JsonNode past = top("weekly", "?window=2024-W20").expect(200).json();
        assertThat(past.path("source").asText()).isEqualTo("ARCHIVE");
        assertThat(past.at("/entries/0/score").asInt()).isEqualTo(7);
    }

    @Test
    void finalRankingsAreNotRemovedUnasked() {
        create("\"retention\":\"P30D\"");
        submit("ann", "7", "2024-05-14T19:59:00Z");
        clock.stopAt(Instant.parse("2024-05-15T00:10:00Z"));
        OnEventLoop.await(rollover::closeDue);
        clock.stopAt(Instant.parse("2024-05-17T00:10:00Z"));

        api.patch(path, "{\"retention\":\"P3D\"}").expect(200);
        Reply refused = api.patch(path, "{\"retention\":\"P1D\"}");

        assertProblem(refused, 409);
        assertThat(refused.json().at("/changes/0/field").asText()).isEqualTo("retention");
        assertThat(refused.json().at("/changes/0/consequence").asText()).contains("a closed window");
        api.patch(path, "{\"retention\":null}").expect(200);
        assertThat(api.patch(path, "{\"retention\":\"P1D\"}")
                        .json()
                        .at("/changes/0")
                        .has("from"))
                .isFalse();
        api.patch(path + "?confirm=true", "{\"retention\":\"P1D\"}").expect(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"minScore\":null} | minScore",
                "{\"minScore\":-1} | minScore",
                "{\"minScore\":6} | minScore",
                "{\"maxScore\":200} | maxScore",
                "{\"maxScore\":4} | maxScore",
                "{\"maxStep\":51} | maxStep",
                "{\"maxStep\":4} | maxStep"
            })
    void boundsThatAcceptMoreOrRefuseWhatWasAcceptedAreNotMovedUnasked(String patch, String field) {
        create("\"minScore\":0,\"maxScore\":100,\"maxStep\":50");
        submit("ann", "5", "2024-05-14T19:59:00Z");

        Reply refused = api.patch(path, patch);

        assertProblem(refused, 409);
        assertThat(refused.json().path("changes").findValuesAsText("field")).containsExactly(field);
        api.patch(path + "?confirm=true", patch).expect(200);
    }

    @Test
    void boundsThatNothingIsLostByAreMoved() {
        create("\"minScore\":0,\"maxScore\":100,\"maxStep\":50");
        api.patch(path, "{\"maxScore\":1000,\"maxStep\":null}").expect(200);
        submit("ann", "5", "2024-05-14T19:59:00Z");

        api.patch(path, "{\"minScore\":5,\"maxScore\":5,\"maxStep\":5}").expect(200);

        assertProblem(api.submit(board, "{\"playerId\":\"ann\",\"score\":6}"), 422, "score");
    }

    @Test
    void whatStandingsHoldIsNotChangedEvenIfConfirmed() {
        create("");
        submit("ann", "5", "2024-05-14T19:59:00Z");

        Reply refused = api.patch(path + "?confirm=true", "{\"operator\":\"BEST\"}");

        assertProblem(refused, 409);
        assertThat(refused.json().path("code").asText()).isEqualTo("CONFLICT");
    }

    @Test
    void aChangeHoldsOnlyForTheDefinitionThatIsKnown() {
        String first = create("").header("ETag");
        assertThat(first).startsWith("\"").isEqualTo(api.get(path).header("ETag"));

        String second = api.patch(path, "{\"title\":\"One\"}", "If-Match", first)
                .expect(200)
                .header("ETag");

        assertThat(second).isNotEqualTo(first);
        assertProblem(api.patch(path, "{\"title\":\"Two\"}", "If-Match", first), 412);
        assertProblem(api.put(path, "{\"title\":\"Two\"}", "If-Match", first), 412);
        assertProblem(api.patch(path, "{\"title\":\"Two\"}", "If-Match", "W/" + second), 412);
        assertProblem(api.delete(path, "If-Match", first), 412);
        assertProblem(api.put(path, "{\"title\":\"Two\"}", "If-None-Match", "*"), 412);
        assertThat(api.get(path).expect(200).json().path("title").asText()).isEqualTo("One");
        api.put(path, "{\"title\":\"Three\"}", "If-Match", first + ", " + second)
                .expect(200);
        api.patch(path, "{\"title\":\"Four\"}", "If-Match", "*").expect(200);
        api.delete(path, "If-Match", api.get(path).header("ETag")).expect(204);
        assertProblem(api.put(path, "{\"title\":\"Five\"}", "If-Match", "*"), 412);
        String again = api.put(path, "{\"title\":\"Six\"}", "If-None-Match", "*")
                .expect(201)
                .header("ETag");
        assertThat(again).isNotIn(first, second);
    }

    private Reply create(String rest) {
        return api.put(path, "{\"title\":\"Changes\"" + (rest.isEmpty() ? "" : ",") + rest + "}")
                .expect(201);
    }

    private Reply change(String method, String address, String json) {
        return method.equals("PUT") ? api.put(address, json) : api.patch(address, json);
    }

    private void submit(String player, String score, String instant) {
        api.submit(board, "{\"playerId\":\"%s\",\"score\":%s,\"occurredAt\":\"%s\"}".formatted(player, score, instant))
                .expect(200);
    }

    private Reply top(String period, String query) {
        return api.get(path + "/rankings/" + period + query);
    }

    private String state(String period, String window) {
        return top(period, "?window=" + window)
                .expect(200)
                .json()
                .at("/window/state")
                .asText();
    }
}
