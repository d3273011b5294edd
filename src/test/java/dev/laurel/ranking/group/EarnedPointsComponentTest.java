package dev.laurel.ranking.group;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.RandomSegments;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Points that stay with the group in which they were earned, against a sum by hand. */
@QuarkusTest
class EarnedPointsComponentTest extends RolloverScene {
    private static final Instant START = Instant.parse("2024-05-14T19:50:00Z");
    private static final List<String> GROUPS = List.of("a", "b", "c");
    private static final List<String> PLAYERS_OF_ALL = List.of("ann", "bob", "cyd", "dan", "eve", "fay");

    @Inject
    GroupRankings rankings;

    private final String kind = RandomSegments.newKind();
    private Instant now = START;

    @BeforeEach
    void haveGroups() {
        stand(START.toString());
        GROUPS.forEach(group -> api.put(address(group), "{\"title\":\"T\"}").expect(201));
    }

    private String address(String group) {
        return "/api/v1/groups/" + kind + "/" + group;
    }

    private String staying(String rules) {
        String board = aBoard("earned").build().id();
        api.putBoard(
                        board,
                        "{\"title\":\"T\",\"groupPoints\":\"STAY\",\"periods\":[\"DAILY\",\"LAST_7_DAYS\"]" + rules
                                + "}")
                .expect(201);
        return board;
    }

    private void later() {
        now = now.plusMillis(250);
        clock.stopAt(now);
    }

    private void join(String group, String player) {
        later();
        api.put(address(group) + "/members/" + player, "{}");
    }

    private void leave(String group, String player) {
        later();
        api.delete(address(group) + "/members/" + player);
    }

    private void score(String board, String player, int score) {
        later();
        submit(board, ScoreEvent.of(player, Integer.toString(score)));
    }

    private JsonNode ranking(String board, String query) {
        rankings.clear();
        return api.get("/api/v1/boards/" + board + "/group-rankings/daily?kind=" + kind + query)
                .expect(200)
                .json();
    }

    private JsonNode statistics(String board, String group, String query) {
        return api.get(address(group) + "/statistics?period=daily&board=" + board + query)
                .expect(200)
                .json();
    }

    private Map<String, Long> scores(JsonNode page) {
        Map<String, Long> scores = new TreeMap<>();
        page.path("entries")
                .forEach(one ->
                        scores.put(one.path("group").asText(), one.path("score").asLong()));
        return scores;
    }

    @Test
    void pointsStayWhereTheyWereEarned() {
        String board = staying("");
        join("a", "ann");
        score(board, "ann", 5);
        leave("a", "ann");
        score(board, "ann", 100);
        join("b", "ann");
        score(board, "ann", 7);
        join("b", "bob");
        score(board, "bob", 1);

        assertThat(scores(ranking(board, ""))).isEqualTo(Map.of("a", 5L, "b", 8L));
        assertThat(ranking(board, "").at("/entries/0/best").findValuesAsText("playerId"))
                .containsExactly("ann", "bob");
        JsonNode left = statistics(board, "a", "");
        assertThat(left.path("members").asInt(-1)).isZero();
        assertThat(left.path("active").asInt()).isEqualTo(1);
        assertThat(left.path("total").asInt()).isEqualTo(5);
        assertThat(statistics(board, "b", "").path("total").asInt()).isEqualTo(8);
        // A date in the past brings what was earned since.
        api.put(address("c") + "/members/ann", "{\"joinedAt\":\"" + START + "\"}")
                .expect(201);
        assertThat(statistics(board, "c", "").path("total").asInt()).isEqualTo(112);
        api.patch("/api/v1/boards/" + board, "{\"groupPoints\":\"MOVE\"}").expect(200);
        assertThat(scores(ranking(board, ""))).isEqualTo(Map.of("b", 113L, "c", 112L));
        assertThat(api.board(board).json().path("groupPoints").asText()).isEqualTo("MOVE");
    }

    /** Random events and memberships under each operator, with somebody disqualified and hidden, before and after the end. */
    @ParameterizedTest
    @CsvSource({"SUM, DESC", "BEST, DESC", "BEST, ASC", "LATEST, DESC"})
    void everyOperatorIsExact(String operator, String order) {
        Random random = new Random(5);
        String board = staying(",\"operator\":\"" + operator + "\",\"order\":\"" + order + "\"");
        Map<String, Set<String>> members = new HashMap<>();
        Map<String, Map<String, List<Integer>>> earned = new TreeMap<>();
        GROUPS.forEach(group -> members.put(group, new HashSet<>()));
        for (int i = 0; i < 120; i++) {
            String group = GROUPS.get(random.nextInt(GROUPS.size()));
            String player = PLAYERS_OF_ALL.get(random.nextInt(PLAYERS_OF_ALL.size()));
            switch (random.nextInt(5)) {
                case 0 -> {
                    join(group, player);
                    members.get(group).add(player);
                }
                case 1 -> {
                    leave(group, player);
                    members.get(group).remove(player);
                }
                default -> {
                    int score = random.nextInt(50) - 10;
                    score(board, player, score);
                    members.forEach((of, all) -> {
                        if (all.contains(player)) {
                            earned.computeIfAbsent(of, none -> new TreeMap<>())
                                    .computeIfAbsent(player, none -> new ArrayList<>())
                                    .add(score);
                        }
                    });
                }
            }
        }
        assertEarned(board, "", earned, operator, order);

        api.put(
                        "/api/v1/admin/boards/" + board + "/rankings/daily/players/ann/disqualification",
                        "{\"reason\":\"r\",\"author\":\"a\"}")
                .expect(200);
        earned.values().forEach(players -> players.remove("ann"));
        earned.values().removeIf(Map::isEmpty);
        assertEarned(board, "", earned, operator, order);
        stand("2024-05-15T00:10:00Z");
        closeDue();
        assertEarned(board, "&window=" + DAY, earned, operator, order);
    }

    private void assertEarned(
            String board, String query, Map<String, Map<String, List<Integer>>> earned, String operator, String order) {
        Map<String, Long> expected = new TreeMap<>();
        earned.forEach((group, players) -> expected.put(
                group,
                players.values().stream()
                        .mapToLong(all -> result(all, operator, order))
                        .sum()));
        assertThat(scores(ranking(board, query))).isEqualTo(expected);
        // A correction is seen in moments.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> expected.forEach((group, total) -> {
                    JsonNode figures = statistics(board, group, query);
                    assertThat(figures.path("total").asLong()).isEqualTo(total);
                    assertThat(figures.path("active").asInt())
                            .isEqualTo(earned.get(group).size());
                }));
    }

    private static long result(List<Integer> scores, String operator, String order) {
        return switch (operator) {
            case "SUM" -> scores.stream().mapToInt(one -> one).sum();
            case "LATEST" -> scores.get(scores.size() - 1);
            default ->
                order.equals("DESC")
                        ? scores.stream().mapToInt(one -> one).max().orElseThrow()
                        : scores.stream().mapToInt(one -> one).min().orElseThrow();
        };
    }

    @Test
    void correctionsAndSnapshotsAreKept() {
        String board = staying("");
        join("a", "ann");
        score(board, "ann", 5);
        later();
        String adjustment = api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments",
                        "{\"playerId\":\"ann\",\"score\":10,\"reason\":\"r\",\"author\":\"a\"}")
                .expect(200)
                .json()
                .path("adjustment")
                .asText();
        assertThat(scores(ranking(board, ""))).isEqualTo(Map.of("a", 15L));

        later();
        api.put("/api/v1/boards/" + board + "/freeze", "").expect(201);
        now = now.plusSeconds(10);
        score(board, "ann", 1000);
        later();
        api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments/" + adjustment + "/undo",
                        "{\"reason\":\"r\",\"author\":\"a\"}")
                .expect(200);
        later();
        JsonNode frozen = ranking(board, "");
        assertThat(frozen.path("source").asText()).isEqualTo("FROZEN");
        assertThat(scores(frozen)).isEqualTo(Map.of("a", 15L));
        assertThat(statistics(board, "a", "").path("total").asInt()).isEqualTo(15);
        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(scores(ranking(board, ""))).isEqualTo(Map.of("a", 1005L));
            assertThat(statistics(board, "a", "").path("total").asInt()).isEqualTo(1005);
        });
    }

    /** As the snapshot of the board does: what was withdrawn before counts no more, what is withdrawn afterwards still does. */
    @Test
    void aSnapshotKeepsWhatIsWithdrawnAfterwards() {
        String board = staying("");
        join("a", "ann");
        join("b", "bob");
        String challenge = "/api/v1/challenges/" + kind;
        api.put(challenge, "{\"title\":\"T\",\"board\":\"" + board + "\",\"variants\":{\"v\":{\"points\":100}}}")
                .expect(201);
        String first = clear(challenge, "ann");
        later();
        String withdrawn = clear(challenge, "bob");
        later();
        withdraw(challenge, withdrawn);
        later();
        api.put("/api/v1/boards/" + board + "/freeze", "").expect(201);
        now = now.plusSeconds(10);
        score(board, "ann", 1000);
        assertThat(scores(ranking(board, ""))).isEqualTo(Map.of("a", 100L));
        assertThat(statistics(board, "a", "").path("total").asInt()).isEqualTo(100);

        withdraw(challenge, first);
        join("c", "cyd");
        JsonNode frozen = ranking(board, "");
        assertThat(frozen.path("source").asText()).isEqualTo("FROZEN");
        assertThat(scores(frozen)).isEqualTo(Map.of("a", 100L));
        assertThat(statistics(board, "a", "").path("total").asInt()).isEqualTo(100);
        assertThat(top(board).at("/entries/0/score").asInt()).isEqualTo(100);
        // Another mark: computed again, and the same.
        api.put(address("a") + "/members/dan", "{}");
        assertThat(statistics(board, "a", "").path("total").asInt()).isEqualTo(100);
        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(scores(ranking(board, ""))).isEqualTo(Map.of("a", 1000L)));
        api.delete(challenge);
    }

    private String clear(String challenge, String player) {
        return api.post(
                        challenge + "/v/submissions",
                        "{\"playerId\":\"" + player + "\",\"content\":\"c\",\"cleared\":true}")
                .expect(200)
                .json()
                .path("submission")
                .asText();
    }

    private void withdraw(String challenge, String submission) {
        given().contentType(ContentType.JSON)
                .body("{\"reason\":\"r\",\"author\":\"a\"}")
                .delete(challenge + "/v/submissions/" + submission)
                .then()
                .statusCode(204);
    }

    @Test
    void aRollingPeriodIsRefused() {
        String board = staying("");

        assertProblem(api.get("/api/v1/boards/" + board + "/group-rankings/last_7_days?kind=" + kind), 422, "period");
        assertProblem(api.get(address("a") + "/statistics?period=last_7_days&board=" + board), 422, "period");
        assertProblem(api.patch("/api/v1/boards/" + board, "{\"groupPoints\":\"GO\"}"), 422, "groupPoints");
    }
}
