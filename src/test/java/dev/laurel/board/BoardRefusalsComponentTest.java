package dev.laurel.board;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Definitions of boards that are refused. */
@QuarkusTest
class BoardRefusalsComponentTest {

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("boards").build();
    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                          | title",
                "{\"title\":\"\"}                            | title",
                "{\"title\":\"a\\u0000b\"}                   | title",
                "{\"title\":\"t\",\"operator\":\"AVERAGE\"}  | operator",
                "{\"title\":\"t\",\"order\":\"UP\"}          | order",
                "{\"title\":\"t\",\"rankMode\":\"FAIR\"}     | rankMode",
                "{\"title\":\"t\",\"tieBreak\":\"COIN\"}     | tieBreak",
                "{\"title\":\"t\",\"decimals\":7}            | decimals",
                "{\"title\":\"t\",\"decimals\":-1}           | decimals",
                "{\"title\":\"t\",\"decimals\":\"two\"}      | decimals",
                "{\"title\":\"t\",\"decimals\":2.9}          | decimals",
                "{\"title\":\"t\",\"decimals\":2.0}          | decimals",
                "{\"title\":\"t\",\"decimals\":\"2\"}        | decimals",
                "{\"title\":\"t\",\"decimals\":\"\"}         | decimals",
                "{\"title\":\"t\",\"decimals\":true}         | decimals",
                "{\"title\":5}                             | title",
                "{\"title\":\"t\",\"zone\":\"Mars/Base\"}    | zone",
                "{\"title\":\"t\",\"zone\":\"+02:00\"}       | zone",
                "{\"title\":\"t\",\"zone\":\"UTC+2\"}        | zone",
                "{\"title\":\"t\",\"zone\":\"\"}             | zone",
                "{\"title\":\"t\",\"periods\":[\"HOURLY\"]}  | periods",
                "{\"title\":\"t\",\"periods\":[]}            | periods",
                "{\"title\":\"t\",\"lateness\":\"soon\"}     | lateness",
                "{\"title\":\"t\",\"lateness\":\"-PT5M\"}    | lateness",
                "{\"title\":\"t\",\"lateness\":\"PT0.0005S\"} | lateness",
                "{\"title\":\"t\",\"weekStart\":\"NEVER\"}   | weekStart",
            })
    void aDefinitionThatIsNotOneNamesTheField(String body, String field) {
        assertProblem(api.putBoard(board.id(), body), 422, field);
        assertProblem(api.board(board.id()), 404);
    }

    @Test
    void aTitleMayHave80CharactersAndNoMore() {
        api.putBoard(board.id(), "{\"title\":\"" + "ü".repeat(80) + "\"}").expect(201);

        assertProblem(api.putBoard(board.id(), "{\"title\":\"" + "ü".repeat(81) + "\"}"), 422, "title");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-starts-with-a-sign", "has space", "ünïcode", "per%cent"})
    void anIdOfOtherSignsIsRefused(String id) {
        assertProblem(api.putBoard(id, "{\"title\":\"t\"}"), 422, "board");
    }

    @ParameterizedTest
    @CsvSource({"operator, '\"BEST\"'", "decimals, 2", "zone, '\"Asia/Kolkata\"'"})
    void whatScoresDependOnIsFixedByTheFirstScore(String field, String value) {
        String defaults = "{\"title\":\"t\"}";
        String changed = "{\"title\":\"t\",\"%s\":%s}".formatted(field, value);
        api.putBoard(board.id(), defaults).expect(201);
        api.putBoard(board.id(), changed).expect(200);
        api.putBoard(board.id(), defaults).expect(200);
        api.submit(board.id(), ScoreEvent.of("ann", "1")).expect(200);

        Reply refused = api.putBoard(board.id(), changed);

        assertProblem(refused, 409);
        assertThat(refused.json().path("detail").asText()).containsIgnoringCase(field);
        api.putBoard(board.id(), "{\"title\":\"another title\"}").expect(200);
        assertThat(api.board(board.id()).expect(200).json().path(field).asText())
                .isNotEqualTo(value.replace("\"", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Z"})
    void universalTimeHasOneName(String zone) {
        api.putBoard(board.id(), "{\"title\":\"t\"}").expect(201);
        api.submit(board.id(), ScoreEvent.of("ann", "1")).expect(200);

        Reply same = api.putBoard(board.id(), "{\"title\":\"t\",\"zone\":\"%s\"}".formatted(zone));

        assertThat(same.expect(200).json().path("zone").asText()).isEqualTo("UTC");
    }

    @Test
    void timesAreShownInMilliseconds() {
        api.putBoard(board.id(), "{\"title\":\"t\"}").expect(201);
        Reply put = api.putBoard(board.id(), "{\"title\":\"u\"}").expect(200);

        Reply got = api.board(board.id()).expect(200);

        for (String field : List.of("createdAt", "updatedAt")) {
            String shown = got.json().path(field).asText();
            assertThat(Instant.parse(shown).getNano() % 1_000_000).as(shown).isZero();
            assertThat(put.json().path(field).asText()).isEqualTo(shown);
        }
    }

    @Test
    void aNulInAnIdIsNoFaultOfTheService() {
        assertThat(api.putBoard("a\0b", "{\"title\":\"t\"}").status()).isBetween(400, 499);
        assertThat(api.board("a\0b").status()).isBetween(400, 499);
    }
}
