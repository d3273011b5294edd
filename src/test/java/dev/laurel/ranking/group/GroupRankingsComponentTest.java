package dev.laurel.ranking.group;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardBuilder;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Groups ranked by what their members have scored, against sums by hand; and the statistics of one group. */
@QuarkusTest
class GroupRankingsComponentTest extends RolloverScene {
    private static final int MANY = 40;

    @Inject
    GroupRankings rankings;

    private final String kind = "class" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, List<String>> groups = new TreeMap<>();
    private final Map<String, Long> scores = new LinkedHashMap<>();

    private void group(String id, String... members) {
        api.put("/api/v1/groups/" + kind + "/" + id, "{\"title\":\"Class " + id + "\"}");
        String ids = List.of(members).stream().map(one -> '"' + one + '"').collect(Collectors.joining(","));
        api.post(
                        "/api/v1/groups/" + kind + "/" + id + "/members",
                        "{\"change\":\"REPLACE\",\"playerIds\":[" + ids + "]}")
                .expect(200);
        groups.put(id, List.of(members));
        rankings.clear();
    }

    private JsonNode ranking(String board, String query) {
        return api.get("/api/v1/boards/" + board + "/group-rankings/daily?kind=" + kind + query)
                .expect(200)
                .json();
    }

    private String board(BoardBuilder builder) {
        String board = putBoard(builder.daily());
        for (String[] one :
                new String[][] {{"ann", "50"}, {"bob", "40"}, {"cyd", "30"}, {"dan", "20"}, {"eve", "10"}}) {
            submit(board, ScoreEvent.of(one[0], one[1]).at("2024-05-14T19:58:00Z"));
        }
        return board;
    }

    @Test
    void groupsAreRankedByTheSumOfTheirMembers() {
        String board = board(aBoard("groups"));
        group("a", "ann", "eve", "nobody");
        group("b", "bob", "cyd");
        group("c", "nobody");
        group("d");

        JsonNode page = ranking(board, "");

        assertThat(page.path("entries").findValuesAsText("group")).containsExactly("b", "a");
        assertThat(page.path("entries").findValuesAsText("rank")).containsExactly("1", "2");
        assertThat(page.at("/entries/0/score").asInt()).isEqualTo(70);
        assertThat(page.at("/entries/1/members").asInt()).isEqualTo(3);
        assertThat(page.at("/entries/1/active").asInt()).isEqualTo(2);
        assertThat(page.at("/entries/0/best").findValuesAsText("playerId")).containsExactly("bob", "cyd");
        assertThat(page.at("/entries/0/title").asText()).isEqualTo("Class b");
        assertThat(page.at("/pagination/total").asInt()).isEqualTo(2);
        assertThat(page.path("asOf").asText()).isEqualTo("2024-05-14T20:00:00Z");
        assertThat(page.path("source").asText()).isEqualTo("POSTGRES");
        assertThat(ranking(board, "&minMembers=3").path("entries")).isEmpty();
        assertThat(ranking(board, "&page=2&limit=1").path("entries").findValuesAsText("group"))
                .containsExactly("a");
        assertThat(ranking(board, "&page=9").at("/pagination/total").asInt()).isEqualTo(2);
    }

    @DisplayName("trap 42: a ranking of groups has members and scores of one moment")
    @Test
    void pointsMoveWithThePlayer() {
        String board = board(aBoard("groups"));
        group("a", "ann");
        group("b", "bob");
        assertThat(ranking(board, "").path("entries").findValuesAsText("group")).containsExactly("a", "b");

        group("a");
        group("b", "bob", "ann");

        assertThat(ranking(board, "").at("/entries/0/score").asInt()).isEqualTo(90);
        assertThat(ranking(board, "").path("entries")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"COMPETITION, 1 1 3", "DENSE, 1 1 2", "ORDINAL, 1 2 3"})
    void tiesAreRankedAsTheBoardDoes(String mode, String ranks) {
        String board = putBoard(aBoard("groups").daily().rankMode(mode));
        submit(board, ScoreEvent.of("ann", "5").at("2024-05-14T19:58:02Z"));
        submit(board, ScoreEvent.of("bob", "5").at("2024-05-14T19:58:01Z"));
        submit(board, ScoreEvent.of("cyd", "1").at("2024-05-14T19:58:00Z"));
        group("a", "ann");
        group("b", "bob");
        group("c", "cyd");

        JsonNode entries = ranking(board, "").path("entries");

        // Who reached it first comes first.
        assertThat(entries.findValuesAsText("group")).containsExactly("b", "a", "c");
        assertThat(entries.findValuesAsText("rank")).containsExactly(ranks.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DESC", "ASC"})
    void everyRollupIsExact(String order) {
        Random random = new Random(11);
        String board =
                putBoard(aBoard("groups").daily().order(order).decimals(2).tieBreak("NONE"));
        for (int i = 0; i < MANY; i++) {
            long score = random.nextInt(2_000) - 1_000;
            scores.put("p" + i, score);
            submit(board, new ScoreEvent("p" + i, BigDecimal.valueOf(score, 2), null, null));
        }
        for (int i = 0; i < 12; i++) {
            group(
                    "g%02d".formatted(i),
                    scores.keySet().stream()
                            .filter(player -> random.nextInt(4) == 0)
                            .toArray(String[]::new));
        }

        assertRollup(board, order, "SUM", "", Integer.MAX_VALUE, false);
        assertRollup(board, order, "AVERAGE", "", Integer.MAX_VALUE, true);
        assertRollup(board, order, "BEST_K", "&k=2", 2, false);
        stand("2024-05-15T00:10:00Z");
        closeDue();
        rankings.clear();
        assertRollup(board, order, "AVERAGE", "&window=" + DAY, Integer.MAX_VALUE, true);
        assertRollup(board, order, "BEST_K", "&k=4&window=" + DAY, 4, false);
        assertThat(ranking(board, "&window=" + DAY).path("source").asText()).isEqualTo("ARCHIVE");
    }

    private void assertRollup(String board, String order, String rollup, String more, int k, boolean mean) {
        Comparator<Long> best = order.equals("DESC") ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Map<String, BigDecimal> expected = new LinkedHashMap<>();
        groups.forEach((id, members) -> {
            List<Long> counted =
                    members.stream().map(scores::get).sorted(best).limit(k).toList();
            if (!counted.isEmpty()) {
                BigDecimal sum = BigDecimal.valueOf(
                        counted.stream().mapToLong(one -> one).sum(), 2);
                expected.put(id, mean ? sum.divide(BigDecimal.valueOf(counted.size()), 6, RoundingMode.HALF_UP) : sum);
            }
        });
        List<String> ids = new ArrayList<>(expected.keySet());
        Comparator<BigDecimal> better = order.equals("DESC") ? Comparator.reverseOrder() : Comparator.naturalOrder();
        ids.sort(
                Comparator.comparing((String id) -> expected.get(id), better).thenComparing(Comparator.naturalOrder()));

        JsonNode entries = ranking(board, "&rollup=" + rollup + more).path("entries");

        assertThat(entries.findValuesAsText("group")).containsExactlyElementsOf(ids);
        for (JsonNode entry : entries) {
            assertThat(entry.path("score").decimalValue())
                    .isEqualByComparingTo(expected.get(entry.path("group").asText()));
        }
    }

    @Test
    void aFrozenBoardShowsTheSnapshot() {
        String board = board(aBoard("groups"));
        group("a", "ann", "eve");
        group("b", "bob");
        JsonNode before = ranking(board, "").path("entries");
        JsonNode figures = statistics(board, "a", "");
        api.put("/api/v1/boards/" + board + "/freeze", "").expect(201);
        stand("2024-05-14T20:00:10Z");

        submit(board, ScoreEvent.of("bob", "900"));

        JsonNode frozen = ranking(board, "");
        assertThat(frozen.path("entries")).isEqualTo(before);
        assertThat(frozen.path("source").asText()).isEqualTo("FROZEN");
        assertThat(statistics(board, "a", "").path("total")).isEqualTo(figures.path("total"));
        JsonNode once = statistics(board, "b", "");
        assertThat(once.path("total").asInt()).isEqualTo(40);
        submit(board, ScoreEvent.of("bob", "900"));
        stand("2024-05-14T20:00:20Z");
        assertThat(statistics(board, "b", "")).isEqualTo(once);
        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);
        assertThat(ranking(board, "").at("/entries/0/group").asText()).isEqualTo("b");
        assertThat(statistics(board, "b", "").path("total").asInt()).isEqualTo(1840);
    }

    @Test
    void whoIsDisqualifiedDoesNotCount() {
        String board = board(aBoard("groups"));
        group("a", "ann", "eve");
        group("b", "bob");
        statistics(board, "a", "");

        api.put(
                        "/api/v1/admin/boards/" + board + "/rankings/daily/players/ann/disqualification",
                        "{\"reason\":\"r\",\"author\":\"a\"}")
                .expect(200);
        rankings.clear();

        assertThat(ranking(board, "").at("/entries/0/score").asInt()).isEqualTo(40);
        assertThat(ranking(board, "").at("/entries/1/score").asInt()).isEqualTo(10);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        statistics(board, "a", "").path("active").asInt())
                .isEqualTo(1));
    }

    private JsonNode statistics(String board, String id, String query) {
        return api.get("/api/v1/groups/" + kind + "/" + id + "/statistics?board=" + board + "&period=daily" + query)
                .expect(200)
                .json();
    }

    @Test
    void statisticsFollowMembersAndScores() {
        String board = board(aBoard("groups").decimals(1));
        group("a", "ann", "bob", "cyd", "eve", "nobody");

        JsonNode first = statistics(board, "a", "");

        assertThat(first.path("members").asInt()).isEqualTo(5);
        assertThat(first.path("active").asInt()).isEqualTo(4);
        assertThat(first.path("total").decimalValue()).isEqualByComparingTo("130");
        assertThat(first.path("mean").decimalValue()).isEqualByComparingTo("32.5");
        assertThat(first.path("lowerQuartile").decimalValue()).isEqualByComparingTo("10");
        assertThat(first.path("median").decimalValue()).isEqualByComparingTo("30");
        assertThat(first.path("upperQuartile").decimalValue()).isEqualByComparingTo("40");
        stand("2024-05-14T20:01:00Z");
        assertThat(statistics(board, "a", "")).as("nothing has changed").isEqualTo(first);
        submit(board, ScoreEvent.of("dan", "1"));
        assertThat(statistics(board, "a", "")).as("another player has scored").isEqualTo(first);
        submit(board, ScoreEvent.of("eve", "0.5"));
        assertThat(statistics(board, "a", "").path("total").decimalValue()).isEqualByComparingTo("130.5");
        group("a", "ann");
        assertThat(statistics(board, "a", "").path("total").decimalValue()).isEqualByComparingTo("50");
        group("a");
        JsonNode nobody = statistics(board, "a", "");
        assertThat(nobody.path("active").asInt(-1)).isZero();
        assertThat(nobody.has("mean")).isFalse();
    }

    @Test
    void moversHaveGainedMostPlaces() {
        String board = board(aBoard("groups"));
        group("a", "ann", "bob", "cyd", "dan", "eve");
        stand("2024-05-15T00:10:00Z");
        closeDue();
        submit(board, ScoreEvent.of("eve", "9"));
        submit(board, ScoreEvent.of("dan", "8"));
        submit(board, ScoreEvent.of("ann", "7"));
        submit(board, ScoreEvent.of("bob", "6"));

        JsonNode movers = statistics(board, "a", "").path("topMovers");

        assertThat(movers.findValuesAsText("playerId")).containsExactly("eve", "dan");
        assertThat(movers.findValuesAsText("change")).containsExactly("4", "2");
        assertThat(statistics(board, "a", "&window=" + DAY).path("total").asInt())
                .isEqualTo(150);
    }

    @ParameterizedTest
    @CsvSource({
        "kind=friends, kind",
        "rollup=MEDIAN&kind=a, rollup",
        "kind=a&k=2, k",
        "kind=a&rollup=BEST_K&k=0, k",
        "kind=a&minMembers=0, minMembers",
        "rollup=SUM, kind"
    })
    void whatBreaksARuleIsNamed(String query, String field) {
        String board = putBoard(aBoard("groups").daily());
        assertProblem(api.get("/api/v1/boards/" + board + "/group-rankings/daily?" + query), 422, field);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        String board = putBoard(aBoard("groups").daily());
        assertThat(ranking(board, "").path("entries")).isEmpty();
        api.get("/api/v1/boards/nothing/group-rankings/daily?kind=a").expect(404);
        api.get("/api/v1/boards/" + board + "/group-rankings/weekly?kind=a").expect(404);
        String statistics = "/api/v1/groups/" + kind + "/a/statistics?period=daily&board=";
        api.get(statistics + board).expect(404);
        // A player's attribute is no group.
        api.put("/api/v1/players/ann", "{\"displayName\":\"A\",\"attributes\":{\"" + kind + "\":\"a\"}}");
        api.get(statistics + board).expect(404);
        group("a");
        api.get(statistics + "nothing").expect(404);
    }
}
