package dev.laurel.web;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.LaurelApi.ranking;
import static dev.laurel.testing.LaurelApi.segment;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.Wire;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Players under the ids that apps have, at every door that takes one. */
@QuarkusTest
class PlayerIdsComponentTest {

    /** In the order of their bytes; those that are special to an address, a Redis key, a table or a regular expression. */
    private static final List<String> IDS = List.of(
            "!",
            "#1",
            "%2F",
            "+a",
            "-1+2",
            ".a",
            ";a=1",
            "=cmd|'/C calc'!A0",
            "?",
            "@SUM(1)",
            "Ada Lovelace",
            "\\E",
            "a\"b",
            "a&b=c",
            "a,b",
            "a/b",
            "ada@example.org",
            "name#1234",
            "{b1}",
            "\u00e9",
            "\u5f20\u4f1f",
            "\uff21",
            "\ud83d\ude00");

    private static final List<String> REFUSED =
            List.of(" a", "a ", "a  b", "e\u0301", "a\u200bb", "\u0378", "a\tb", "a\u0000");

    private static final String DECISION = "\"reason\":\"a test\",\"author\":\"judge\"}";

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("player-ids").allTime().build();
    private LaurelApi api;

    @BeforeEach
    void everybodyHasTheSameScore() {
        api = new LaurelApi(service);
        String board = this.board
                .json()
                .replaceFirst("\\{", "{\"tieBreak\":\"NONE\",")
                .replaceFirst(",\"tieBreak\":\"EARLIEST\"", "");
        api.putBoard(this.board.id(), board).expect(201);
        JsonNode results = api.submitAll(
                        this.board.id(),
                        IDS.stream().map(id -> ScoreEvent.of(id, "3")).toList())
                .expect(200)
                .json();
        assertThat(results.findValuesAsText("status")).hasSize(IDS.size()).containsOnly("APPLIED");
    }

    @Test
    void bothStoresOrderThemByBytes() {
        assertRanking("REDIS");
        RedisSwitch redis = RedisSwitch.ofTheTestStores();
        redis.off();
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertRanking("POSTGRES"));
        } finally {
            redis.on();
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertRanking("REDIS"));
    }

    private void assertRanking(String source) {
        JsonNode page =
                api.top(board.id(), Period.ALL_TIME, "limit=1000").expect(200).json();
        assertThat(page.path("source").asText()).isEqualTo(source);
        assertThat(page.path("entries").findValuesAsText("playerId")).isEqualTo(IDS);
        String cursor = "";
        for (String id : IDS) {
            JsonNode one = api.top(board.id(), Period.ALL_TIME, "limit=1" + cursor)
                    .expect(200)
                    .json();
            assertThat(one.path("entries").findValuesAsText("playerId")).containsExactly(id);
            cursor = "&cursor=" + segment(one.path("next").asText());
        }
        for (String id : IDS) {
            JsonNode player =
                    api.player(board.id(), Period.ALL_TIME, id, "").expect(200).json();
            assertThat(player.path("playerId").asText()).isEqualTo(id);
            assertThat(player.path("score").asInt()).as(id).isEqualTo(3);
            JsonNode around = api.neighbours(board.id(), Period.ALL_TIME, id, "radius=1")
                    .expect(200)
                    .json();
            assertThat(around.path("entries").findValuesAsText("playerId")).contains(id);
        }
        JsonNode chosen =
                api.lookup(board.id(), Period.ALL_TIME, IDS, "").expect(200).json();
        assertThat(chosen.path("entries").findValuesAsText("playerId")).isEqualTo(IDS);
    }

    @Test
    void everybodyCanBeCorrected() {
        String admin = "/api/v1/admin/boards/" + board.id();
        for (String id : IDS) {
            long adjustment = api.post(
                            admin + "/adjustments", "{\"playerId\":" + Wire.quoted(id) + ",\"score\":2," + DECISION)
                    .expect(200)
                    .json()
                    .path("adjustment")
                    .asLong();
            assertThat(score(id)).as(id).isEqualTo(5);
            assertThat(api.get(admin + "/adjustments?player=" + segment(id))
                            .expect(200)
                            .json()
                            .path("items"))
                    .hasSize(1);
            api.post(admin + "/adjustments/" + adjustment + "/undo", "{" + DECISION)
                    .expect(200);
            String player = admin + "/rankings/all_time/players/" + segment(id);
            api.put(player + "/disqualification", "{" + DECISION).expect(200);
            assertThat(api.player(board.id(), Period.ALL_TIME, id, "")
                            .expect(200)
                            .json()
                            .path("ranked")
                            .asBoolean())
                    .as(id)
                    .isFalse();
            api.post(player + "/reinstatement", "{" + DECISION).expect(200);
            assertThat(score(id)).as(id).isEqualTo(3);
        }
        JsonNode audit = api.post("/api/v1/admin/audit?board=" + board.id(), "{}")
                .expect(200)
                .json();
        assertThat(audit.path("rowsDifferent").asInt()).as(audit.toString()).isZero();
        assertThat(api.top(board.id(), Period.ALL_TIME, "limit=1000")
                        .expect(200)
                        .json()
                        .path("source")
                        .asText())
                .isEqualTo("REDIS");
    }

    @Test
    void standingsOfAnotherSystemAreTakenOverUnderThem() {
        for (String id : IDS) {
            assertThat(takeOver(id).findValuesAsText("status")).contains("APPLIED");
            assertThat(score(id)).as(id).isEqualTo(10);
        }
        assertThat(takeOver("e\u0301").findValuesAsText("field")).containsExactly("playerId");
    }

    private JsonNode takeOver(String id) {
        return api.post(
                        "/api/v1/admin/boards/" + board.id() + "/standings?reason=test&author=judge",
                        "{\"standings\":[{\"playerId\":" + Wire.quoted(id) + ",\"scores\":{\"all_time\":7}}]}")
                .expect(200)
                .json();
    }

    @Test
    void theFirstInterfaceTakesThem() {
        for (String id : IDS) {
            String user = "/api/redis-leaderboard/user/" + segment(id);
            JsonNode updated = api.post(
                            "/api/redis-leaderboard/update", "{\"user_id\":" + Wire.quoted(id) + ",\"count\":1}")
                    .expect(200)
                    .json();
            assertThat(updated.path("user_id").asText()).isEqualTo(id);
            assertThat(api.get(user).expect(200).json().path("user_id").asText())
                    .isEqualTo(id);
            assertThat(api.get(user + "/rank/daily")
                            .expect(200)
                            .json()
                            .path("user_id")
                            .asText())
                    .isEqualTo(id);
            api.get("/api/v1/players/" + segment(id) + "/history?period=all_time&board=" + board.id())
                    .expect(200);
        }
    }

    @Test
    @DisplayName("trap 27: no id is a formula in an exported table")
    void noneOfThemIsAFormulaInATable() {
        String csv =
                api.get(ranking(board.id(), "all_time") + "/export").expect(200).text();

        assertThat(csv.split("\r\n")).hasSize(1 + IDS.size()).allSatisfy(line -> assertThat(line)
                .doesNotContainPattern("^\\d+,\"?[=+@\\-\\t]"));
        assertThat(csv)
                .contains("1,'=cmd|'/C calc'!A0,3,", "1,'-1+2,3,", "1,'+a,3,", "1,'@SUM(1),3,")
                .contains("1,\"a,b\",3,", "1,\"a\"\"b\",3,", "1,Ada Lovelace,3,", "1,\ud83d\ude00,3,");
    }

    @Test
    void linesOfJsonHoldThemAsTheyAre() throws IOException {
        String lines = api.get(ranking(board.id(), "all_time") + "/export?format=ndjson")
                .expect(200)
                .text();

        ObjectMapper json = new ObjectMapper();
        assertThat(lines.lines()).hasSize(IDS.size());
        int at = 0;
        for (String line : lines.split("\n")) {
            assertThat(json.readTree(line).path("playerId").asText()).isEqualTo(IDS.get(at++));
        }
    }

    @Test
    void whatIsNoPlayerIsNamedAtEveryDoor() {
        String admin = "/api/v1/admin/boards/" + board.id();
        for (String id : REFUSED) {
            String json = Wire.quoted(id);
            assertProblem(api.submit(board.id(), "{\"playerId\":" + json + ",\"score\":1}"), 422, "playerId");
            assertThat(api.post(
                                    "/api/v1/scores",
                                    "{\"boards\":[\"" + board.id() + "\"],\"playerId\":" + json + ",\"score\":1}")
                            .expect(422)
                            .text())
                    .contains("playerId");
            JsonNode batch = api.post(
                            "/api/v1/boards/" + board.id() + "/scores/batch",
                            "{\"scores\":[{\"playerId\":" + json + ",\"score\":1}]}")
                    .expect(200)
                    .json();
            assertThat(batch.findValuesAsText("field")).containsExactly("playerId");
            assertProblem(api.lookup(board.id(), Period.ALL_TIME, List.of(id), ""), 422, "playerIds");
            assertProblem(api.player(board.id(), Period.ALL_TIME, id, ""), 422, "player");
            assertProblem(api.neighbours(board.id(), Period.ALL_TIME, id, ""), 422, "player");
            assertProblem(api.get(admin + "/rankings/all_time/players/" + segment(id)), 422, "player");
            assertProblem(
                    api.put(admin + "/rankings/all_time/players/" + segment(id) + "/disqualification", "{" + DECISION),
                    422,
                    "player");
            assertProblem(
                    api.post(admin + "/adjustments", "{\"playerId\":" + json + ",\"score\":2," + DECISION),
                    422,
                    "playerId");
            assertProblem(api.get(admin + "/adjustments?player=" + segment(id)), 422, "player");
            assertProblem(
                    api.get("/api/v1/players/" + segment(id) + "/history?period=daily&board=" + board.id()),
                    422,
                    "player");
            assertProblem(
                    api.post("/api/redis-leaderboard/update", "{\"user_id\":" + json + ",\"count\":1}"),
                    422,
                    "user_id");
            assertProblem(api.get("/api/redis-leaderboard/user/" + segment(id)), 422, "user_id");
            assertProblem(api.get("/api/redis-leaderboard/user/" + segment(id) + "/rank/daily"), 422, "user_id");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a#1", "\u00e9", ".a", "=a"})
    void otherIdsHaveTheirOwnRule(String id) {
        assertProblem(api.putBoard(id, "{\"title\":\"t\"}"), 422, "board");
        assertProblem(api.submit(board.id(), ScoreEvent.of("a", "1").withId(id)), 422, "eventId");
    }

    private int score(String id) {
        return api.player(board.id(), Period.ALL_TIME, id, "")
                .expect(200)
                .json()
                .path("score")
                .asInt();
    }
}
