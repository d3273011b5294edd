package dev.laurel.tier;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.board.Boards;
import dev.laurel.testing.FreezeScene;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The definition of tiers, how long what is computed of them is used, and what makes it show at once. */
@QuarkusTest
class TiersComponentTest extends FreezeScene {
    private static final String THREE = """
            {"tiers":[{"name":"Top 10 %","all":[{"percentile":true,"min":90}]},
                      {"name":"Positive","any":[{"min":1},{"rank":true,"max":1}]},{"name":"Other"}]}""";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DECISION = "{\"reason\":\"r\",\"author\":\"a\"}";

    @Inject
    Boards boards;

    @Inject
    TierDefinitions definitions;

    @Test
    void aDefinitionIsWrittenReadChangedAndDeleted() {
        String board = filled(aBoard("tiers").daily().decimals(2));
        String path = tiers(board);
        assertProblem(api.get(path), 404);
        assertProblem(api.get(counts(board)), 404);
        Reply created = api.put(path, """
                {"tiers":[{"name":"Häuptlinge","all":[{"metric":"score","min":0.25,"max":12345678901.5}]},{"name":"Other"}]}""", "If-None-Match", "*").expect(201);
        String first = created.headers().firstValue("ETag").orElseThrow();
        Reply read = api.get(path).expect(200);
        assertThat(read.headers().firstValue("ETag")).contains(first);
        assertThat(read.json().at("/tiers/0/all/0/min").decimalValue()).isEqualByComparingTo("0.25");
        assertThat(read.json().at("/tiers/0/all/0/max").decimalValue()).isEqualByComparingTo("12345678901.5");
        assertThat(read.json().at("/tiers/1").toString()).isEqualTo("{\"name\":\"Other\"}");
        assertThat(counted(board)).containsExactly("Häuptlinge 18", "Other 12", "others 0 of 30");

        assertProblem(api.put(path, THREE, "If-None-Match", "*"), 412);
        assertProblem(api.put(path, THREE, "If-Match", "\"0.0\""), 412);
        Reply changed = api.put(path, THREE, "If-Match", first).expect(200);
        assertThat(changed.headers().firstValue("ETag"))
                .isPresent()
                .isNotEqualTo(created.headers().firstValue("ETag"));
        assertThat(counted(board)).containsExactly("Top 10 % 6", "Positive 12", "Other 12", "others 0 of 30");

        assertProblem(api.delete(path, "If-Match", first), 412);
        api.delete(path).expect(204);
        assertProblem(api.delete(path), 404);
        assertProblem(api.get(counts(board)), 404);
        assertThat(api.put(path, THREE).expect(201).headers().firstValue("ETag"))
                .isNotEqualTo(changed.headers().firstValue("ETag"));
        api.deleteBoard(board).expect(204);
        assertProblem(api.put(path, THREE), 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                    | tiers",
                "{'tiers':[]}                                                          | tiers",
                "{'tiers':[null]}                                                      | tiers.[0]",
                "{'tiers':[{}]}                                                        | tiers[0].name",
                "{'tiers':[{'name':' a'}]}                                             | tiers[0].name",
                "{'tiers':[{'name':'a/b'}]}                                            | tiers[0].name",
                "{'tiers':[{'name':'..'}]}                                             | tiers[0].name",
                "{'tiers':[{'name':'a'},{'name':'a'}]}                                 | tiers[1].name",
                "{'tiers':[{'name':'a','all':[null]}]}                                 | tiers.[0].all.[0]",
                "{'tiers':[{'name':'a','all':[{}]}]}                                   | tiers[0].all[0].min",
                "{'tiers':[{'name':'a','all':[{'metric':'gold','min':1}]}]}            | tiers[0].all[0].metric",
                "{'tiers':[{'name':'a','any':[{'min':1.5}]}]}                          | tiers[0].any[0].min",
                "{'tiers':[{'name':'a','any':[{'min':1e3}]}]}                          | tiers[0].any[0].min",
                "{'tiers':[{'name':'a','any':[{'max':9007199254740992}]}]}             | tiers[0].any[0].max",
                "{'tiers':[{'name':'a','any':[{'min':2,'max':1}]}]}                    | tiers[0].any[0].min",
                "{'tiers':[{'name':'a','any':[{'rank':true,'min':0}]}]}                | tiers[0].any[0].min",
                "{'tiers':[{'name':'a','any':[{'percentile':true,'max':100.01}]}]}     | tiers[0].any[0].max",
                "{'tiers':[{'name':'a','any':[{'percentile':true,'min':0.001}]}]}      | tiers[0].any[0].min",
                "{'tiers':[{'name':'a','any':[{'rank':true,'percentile':true,'min':1}]}]} | tiers[0].any[0].percentile"
            })
    void whatIsWrongIsNamed(String json, String field) {
        String board = putBoard(aBoard("tiers").daily());

        Reply refused = api.put(tiers(board), json.replace('\'', '"'));

        assertProblem(refused, 422);
        assertThat(refused.json().path("errors").findValuesAsText("field")).containsExactly(field);
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM board_tiers t JOIN board b ON b.id = t.board_id WHERE b.name = ?", board))
                .isZero();
    }

    @Test
    void tooManyTiersAndConditionsAreRefused() {
        String board = putBoard(aBoard("tiers").daily());
        String many =
                IntStream.range(0, 21).mapToObj(i -> "{\"name\":\"" + i + "\"}").collect(Collectors.joining(","));
        String conditions =
                IntStream.range(0, 9).mapToObj(i -> "{\"min\":" + i + "}").collect(Collectors.joining(","));

        assertProblem(api.put(tiers(board), "{\"tiers\":[" + many + "]}"), 422);
        assertProblem(api.put(tiers(board), "{\"tiers\":[{\"name\":\"a\",\"all\":[" + conditions + "]}]}"), 422);
    }

    @Test
    void scoresShowLaterAndEverythingElseAtOnce() {
        String board = filled(aBoard("tiers").daily());
        api.put(tiers(board), THREE).expect(201);
        assertThat(counted(board)).containsExactly("Top 10 % 6", "Positive 12", "Other 12", "others 0 of 30");
        assertThat(players(board, "Positive", ""))
                .containsExactly(
                        "7 p21", "7 p26", "7 p01", "7 p06", "7 p11", "7 p16", "13 p14", "13 p19", "13 p24", "13 p29",
                        "13 p04", "13 p09");

        // Those whom other tests have hidden are taken out once more after some seconds, which outdates all tiers.
        await().atMost(PATIENCE).until(() -> StoredRows.number("SELECT count(*) FROM unranked_change") == 0);
        assertThat(counted(board)).endsWith("others 0 of 30");
        submit(board, ScoreEvent.of("new", "2"));
        assertThat(counted(board)).endsWith("others 0 of 30");
        OnEventLoop.await(() -> boards.get(board).chain(definitions::drop));
        assertThat(counted(board)).containsExactly("Top 10 % 6", "Positive 13", "Other 12", "others 0 of 31");

        api.put(
                        "/api/v1/admin/boards/" + board + "/rankings/daily/players/new/disqualification?window=" + DAY,
                        DECISION)
                .expect(200);
        assertThat(counted(board)).endsWith("others 0 of 30");
        api.put("/api/v1/players/p01", "{\"displayName\":\"One\",\"visibility\":\"HIDDEN\"}");
        try {
            // Of 29 players, six at the top are not better than nine tenths any more.
            assertThat(players(board, "Positive", ""))
                    .startsWith("1 p03")
                    .hasSize(17)
                    .noneMatch(line -> line.endsWith(" p01"));
        } finally {
            api.delete("/api/v1/players/p01").expect(204);
        }
        api.put("/api/v1/players/p26", "{\"displayName\":\"Twenty-six\"}");
        JsonNode named = api.get(counts(board) + "/Positive/players?limit=2&page=1")
                .expect(200)
                .json();
        assertThat(named.at("/items/1/displayName").asText()).isEqualTo("Twenty-six");
        assertThat(named.path("pagination").toString()).isEqualTo("{\"page\":1,\"limit\":2,\"total\":12,\"pages\":6}");
        api.delete("/api/v1/players/p26").expect(204);
        assertThat(players(board, "Positive", "?limit=2&page=6")).containsExactly("13 p04", "13 p09");
        assertThat(players(board, "Positive", "?limit=2&page=7")).isEmpty();
        assertProblem(api.get(counts(board) + "/Nobody/players"), 404);
        assertProblem(api.get(counts(board) + "/Positive/players?limit=201"), 422);
    }

    /** Both are over when their state says so, and then no question is answered from before. */
    @Test
    void anUploadShowsAsSoonAsItIsOverAndSoDoesItsUndoing() {
        String board = filled(aBoard("tiers").daily());
        api.put(tiers(board), THREE).expect(201);
        List<String> before = counted(board);

        String upload = upload(board, "player,score\nnew,2\nnewer,2\n");
        awaitState(upload, "DONE");
        assertThat(counted(board)).endsWith("others 0 of 32");

        api.post(upload + "/undo", DECISION).expect(200);
        awaitState(upload, "UNDONE");
        assertThat(counted(board)).isEqualTo(before);
    }

    private String upload(String board, String csv) {
        String form = Map.of("board", board, "mode", "EVENTS", "reason", "r", "author", "a").entrySet().stream()
                .map(one -> "--b\r\nContent-Disposition: form-data; name=\"" + one.getKey() + "\"\r\n\r\n"
                        + one.getValue() + "\r\n")
                .collect(Collectors.joining());
        String file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"new.csv\"\r\n\r\n" + csv
                + "\r\n--b--\r\n";
        return "/api/v1/imports/"
                + api.postAs("/api/v1/imports", "multipart/form-data; boundary=b", form + file)
                        .expect(202)
                        .json()
                        .path("id")
                        .asText();
    }

    private void awaitState(String upload, String state) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> api.get(upload).expect(200).json().path("state").asText(), state::equals);
    }

    @Test
    void entriesOfRankingsShowTiers() {
        String board = filled(aBoard("tiers").daily());
        submit(board, ScoreEvent.of("gone", "1").at(Instant.parse("2024-05-14T19:59:00Z")));
        api.put(tiers(board), THREE).expect(201);
        String daily = "/api/v1/boards/" + board + "/rankings/daily";

        JsonNode page = api.get(daily + "?with=player,tier&offset=5&limit=2")
                .expect(200)
                .json();
        assertThat(page.path("entries").findValuesAsText("tier")).containsExactly("Top 10 %", "Positive");
        assertThat(api.get(daily + "?limit=2").expect(200).text()).doesNotContain("\"tier\":");
        assertThat(api.get(daily + "/players/p00?with=tier")
                        .expect(200)
                        .json()
                        .path("tier")
                        .asText())
                .isEqualTo("Other");
        JsonNode lookup = api.post(daily + "/lookup?with=tier", "{\"playerIds\":[\"p00\",\"p21\",\"nobody\"]}")
                .expect(200)
                .json();
        assertThat(lookup.path("entries").findValuesAsText("tier")).containsExactly("Positive", "Other");
        assertThat(api.get(daily + "/export?with=tier&format=csv")
                        .expect(200)
                        .text()
                        .lines()
                        .toList())
                .startsWith("rank,playerId,score,achievedAt,tier")
                .hasSize(32);
        stand("2024-05-15T00:10:00Z");
        closeDue();
        // Who has no rank in the window is in no tier there, though everybody fits the last one.
        assertThat(api.get(daily + "/players/p00?with=tier").expect(200).json().has("tier"))
                .isFalse();
        assertThat(api.get(daily + "?with=tier&limit=1&window=" + DAY)
                        .expect(200)
                        .json()
                        .at("/entries/0/tier")
                        .asText())
                .isEqualTo("Top 10 %");
        api.delete(tiers(board)).expect(204);
        assertThat(api.get(daily + "?with=tier&limit=1&window=" + DAY)
                        .expect(200)
                        .text())
                .doesNotContain("\"tier\":");
    }

    @Test
    void closedWindowsAndFrozenBoardsHaveTheTiersOfTheirRankings() {
        String board = filled(aBoard("tiers").daily());
        api.put(tiers(board), THREE).expect(201);
        List<String> evening = counted(board);
        List<String> positive = players(board, "Positive", "");
        freeze(board);
        submit(board, ScoreEvent.of("new", "99"));
        OnEventLoop.await(() -> boards.get(board).chain(definitions::drop));
        JsonNode frozen = api.get(counts(board)).expect(200).json();
        assertThat(frozen.path("source").asText()).isEqualTo("FROZEN");
        assertThat(counted(board)).isEqualTo(evening);
        assertThat(players(board, "Positive", "")).isEqualTo(positive);
        reveal(board);
        assertThat(players(board, "Top 10 %", "?limit=1")).containsExactly("1 new");

        stand("2024-05-15T00:10:00Z");
        closeDue();

        String day = "?window=" + DAY;
        JsonNode archived = api.get(counts(board) + day).expect(200).json();
        assertThat(archived.path("source").asText()).isEqualTo("ARCHIVE");
        assertThat(archived.path("total").asInt()).isEqualTo(31);
        assertThat(players(board, "Top 10 %", day + "&limit=1")).containsExactly("1 new");
        JsonNode empty = api.get(counts(board)).expect(200).json();
        assertThat(empty.path("total").asInt()).isZero();
        assertThat(empty.path("tiers").findValuesAsText("players")).containsExactly("0", "0", "0");
    }

    private static String tiers(String board) {
        return "/api/v1/boards/" + board + "/tiers";
    }

    private static String counts(String board) {
        return "/api/v1/boards/" + board + "/rankings/daily/tiers";
    }

    private List<String> counted(String board) {
        JsonNode counts = api.get(counts(board)).expect(200).json();
        List<String> lines = StreamSupport.stream(counts.path("tiers").spliterator(), false)
                .map(one ->
                        one.path("name").asText() + " " + one.path("players").asText())
                .collect(Collectors.toList());
        lines.add("others " + counts.path("others").asText() + " of "
                + counts.path("total").asText());
        return lines;
    }

    private List<String> players(String board, String tier, String query) {
        JsonNode page = api.get(counts(board) + "/" + LaurelApi.segment(tier) + "/players" + query)
                .expect(200)
                .json();
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(one ->
                        one.path("rank").asText() + " " + one.path("playerId").asText())
                .toList();
    }
}
