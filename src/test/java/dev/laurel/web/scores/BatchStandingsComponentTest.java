package dev.laurel.web.scores;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Batches whose results carry standings. */
@QuarkusTest
class BatchStandingsComponentTest {
    private static final String EVENTS = """
            {"scores":[{"playerId":"ann","score":1.5,"eventId":"a"},{"playerId":"bob","score":2,"eventId":"b"},
                       {"playerId":"ann","score":1,"eventId":"c"},{"playerId":"cyd","score":0.25,"eventId":"d"}]}""";

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("batch-standings")
            .keeping(Set.of(Period.WEEKLY, Period.ALL_TIME))
            .decimals(2)
            .build();
    private LaurelApi api;

    @BeforeEach
    void theBoard() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standings=true", "standings=true&atomic=true"})
    void eachResultCarriesTheStandingsAfterItsEventAlsoWhenItIsRepeated(String query) {
        JsonNode results = submit(query).expect(200).json().path("results");

        assertThat(results).hasSize(4);
        for (String period : new String[] {"WEEKLY", "ALL_TIME"}) {
            assertThat(results.get(0).at("/standings/" + period + "/score").decimalValue())
                    .isEqualByComparingTo("1.5");
            assertThat(results.get(2).at("/standings/" + period + "/score").decimalValue())
                    .isEqualByComparingTo("2.5");
            assertThat(results.get(2).at("/standings/" + period + "/rank").asInt())
                    .isEqualTo(1);
            // Events of several players are written side by side: which of them is the last is not fixed.
            assertThat(totals(results, period).max()).hasValue(3);
            assertThat(totals(results, period).min().orElseThrow()).isPositive();
        }
        JsonNode again = submit(query).expect(200).json().path("results");
        for (int i = 0; i < 4; i++) {
            assertThat(again.get(i).path("status").asText()).isEqualTo("DUPLICATE");
            assertThat(again.get(i).at("/standings/ALL_TIME/score"))
                    .isEqualTo(results.get(i).at("/standings/ALL_TIME/score"));
        }
    }

    @Test
    void withoutTheQuestionResultsStayShort() {
        JsonNode results = submit("").expect(200).json().path("results");

        assertThat(results)
                .allSatisfy(result -> assertThat(result.has("standings")).isFalse());
        assertProblem(submit("standings=yes"), 422, "standings");
    }

    private static IntStream totals(JsonNode results, String period) {
        return StreamSupport.stream(results.spliterator(), false)
                .mapToInt(result -> result.at("/standings/" + period + "/total").asInt());
    }

    private Reply submit(String query) {
        return api.post("/api/v1/boards/" + board.id() + "/scores/batch?" + query, EVENTS);
    }
}
