package dev.laurel.export;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.imports.file.SmallFiles;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Everything of one kind as files, which an import understands. */
@QuarkusTest
class ExportsComponentTest {
    /** More than two pieces. */
    private static final int PLAYERS = 600;

    private static final String EXPORTS = "/api/v1/admin/exports";

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String ada = "=ada-" + suffix;
    private final BoardSpec board =
            aBoard("exported").decimals(6).allTime().lateDays(3650).build();

    @TestHTTPResource
    URI service;

    @TempDir
    Path folder;

    private LaurelApi api;

    @BeforeEach
    void aBoardWithPlayers() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        api.put("/api/v1/players/" + encoded(ada), """
                        {"displayName":"@Ada, \\"the first\\"","username":"%s","attributes":{"rank":"R4","level":7}}""".formatted(ada)).expect(201);
        List<ScoreEvent> events = new ArrayList<>();
        events.add(ScoreEvent.of(ada, "9007199254.740991").at("2025-11-20T09:30:00.001Z"));
        // Negative ones, and ties that only instants decide
        IntStream.range(0, PLAYERS)
                .forEach(i -> events.add(ScoreEvent.of("p" + i + "-" + suffix, (i % 3 - 1) + ".25")
                        .at("2025-11-20T09:30:00.%03dZ".formatted(i * 7 % 1000))));
        api.submitAll(board.id(), events).expect(200);
    }

    @AfterEach
    void forget() {
        api.delete("/api/v1/players/" + encoded(ada));
    }

    @Test
    void aWorkbookHasTheRowsOfTheText() {
        String ranking =
                LaurelApi.ranking(board.id(), "all_time") + "/export?with=player&attributes=rank,level&format=";
        Reply workbook = api.get(ranking + "xlsx").expect(200);
        List<List<String>> rows = read(workbook);

        assertThat(workbook.header("Content-Type"))
                .isEqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(workbook.header("Content-Disposition")).endsWith("-all_time-all.xlsx\"");
        assertThat(rows)
                .hasSize(PLAYERS + 2)
                .isEqualTo(read(api.get(ranking + "csv")).stream()
                        .map(ExportsComponentTest::asAWorkbookHasIt)
                        .toList());
        assertThat(rows.get(0))
                .containsExactly(
                        "rank",
                        "playerId",
                        "score",
                        "achievedAt",
                        "displayName",
                        "avatarUrl",
                        "attribute:rank",
                        "level");
        assertThat(rows.get(1))
                .containsExactly(
                        "1",
                        "'" + ada,
                        "9007199254.740991",
                        "2025-11-20T09:30:00.001Z",
                        "'@Ada, \"the first\"",
                        "",
                        "R4",
                        "7");
    }

    /** An export that is uploaded to an empty board as it is gives the same ranking. */
    @Test
    void anImportedExportGivesTheSameRanking() {
        String ranking = LaurelApi.ranking(board.id(), "all_time") + "/export?format=";
        String original = api.get(ranking + "csv").expect(200).text();
        Uploads uploads = new Uploads(api);

        for (String exported : List.of(
                ranking + "csv",
                ranking + "xlsx",
                EXPORTS + "/boards/" + board.id() + "/events?format=csv",
                EXPORTS + "/boards/" + board.id() + "/events?format=xlsx")) {
            BoardSpec copy =
                    aBoard("imported").decimals(6).allTime().lateDays(3650).build();
            api.putBoard(copy).expect(201);
            String file = "export." + exported.substring(exported.indexOf('=') + 1);
            JsonNode done = uploads.run(
                    Uploads.form(copy.id(), "EVENTS"),
                    file,
                    api.get(exported).expect(200).bytes());

            assertThat(done.path("state").asText()).as("%s: %s", exported, done).isEqualTo("DONE");
            assertThat(done.path("rows").path("applied").asInt()).isEqualTo(PLAYERS + 1);
            assertThat(api.get(LaurelApi.ranking(copy.id(), "all_time") + "/export")
                            .expect(200)
                            .text())
                    .as(exported)
                    .isEqualTo(original);
        }
    }

    @Test
    void eventsAreInOrderAndOnceEach() {
        Reply lines = api.get(EXPORTS + "/boards/" + board.id() + "/events?format=ndjson")
                .expect(200);
        List<List<String>> rows = read(api.get(EXPORTS + "/boards/" + board.id() + "/events"));

        assertThat(lines.text().lines()).hasSize(PLAYERS + 1);
        assertThat(lines.text().lines().findFirst().orElseThrow())
                .startsWith("{\"playerId\":\"" + ada + "\",\"score\":9007199254.740991,\"occurredAt\":");
        assertThat(rows.get(0))
                .containsExactly(
                        "playerId",
                        "eventId",
                        "score",
                        "occurredAt",
                        "receivedAt",
                        "activity",
                        "tags",
                        "outcome",
                        "durationMs");
        assertThat(rows.subList(2, rows.size()))
                .extracting(row -> row.get(0))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void playersAreExportedWithTheirAttributes() {
        List<List<String>> rows = read(api.get(EXPORTS + "/players?attributes=level,username&format=xlsx"));
        Set<String> ids = new HashSet<>(rows.stream().map(row -> row.get(0)).toList());

        assertThat(rows.get(0))
                .containsExactly(
                        "playerId",
                        "displayName",
                        "username",
                        "avatarUrl",
                        "visibility",
                        "createdAt",
                        "updatedAt",
                        "level",
                        "attribute:username");
        assertThat(ids).hasSize(rows.size());
        assertThat(rows).anySatisfy(row -> assertThat(row)
                .startsWith("'" + ada, "'@Ada, \"the first\"")
                .contains("7"));
        assertThat(api.get(EXPORTS + "/players?format=ndjson").expect(200).text())
                .contains("\"attributes\":{\"rank\":\"R4\",\"level\":7}");
    }

    @Test
    void submissionsAndAwardsAreExported() {
        String challenge = "exported-" + suffix;
        api.put("/api/v1/challenges/" + challenge, """
                        {"title":"Exported","board":"%s","variants":{"a":{"points":5}}}""".formatted(board.id())).expect(201);
        Reply submitted = api.post("/api/v1/challenges/" + challenge + "/a/submissions", """
                {"playerId":"%s","content":"abc","cleared":true,"tags":["x","y"]}""".formatted("p1-" + suffix));
        assertThat(submitted.status()).as(submitted.toString()).isLessThan(300);

        List<List<String>> rows = read(api.get(EXPORTS + "/challenges/" + challenge + "/submissions"));

        assertThat(rows.get(0))
                .containsExactly(
                        "variant",
                        "playerId",
                        "submittedAt",
                        "submission",
                        "length",
                        "score",
                        "cleared",
                        "points",
                        "tags");
        assertThat(rows.get(1)).startsWith("a", "p1-" + suffix).endsWith("true", "5", "x,y");
        api.get(EXPORTS + "/achievements/none-" + suffix + "/awards").expect(404);
        api.get(EXPORTS + "/challenges/none-" + suffix + "/submissions").expect(404);
        api.get(EXPORTS + "/boards/none-" + suffix + "/events").expect(404);
        assertThat(api.get(EXPORTS + "/players?format=pdf").expect(422).text()).contains("csv, ndjson or xlsx");
        assertThat(api.get(EXPORTS + "/players?attributes=,").expect(422).text())
                .contains("attributes");
    }

    /** A number in a workbook has no zeros at its end. */
    private static List<String> asAWorkbookHasIt(List<String> row) {
        return row.stream()
                .map(cell -> cell.matches("-?[0-9]+\\.[0-9]+")
                        ? new BigDecimal(cell).stripTrailingZeros().toPlainString()
                        : cell)
                .toList();
    }

    private List<List<String>> read(Reply file) {
        return SmallFiles.read(SmallFiles.stored(folder, file.expect(200).bytes()));
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
