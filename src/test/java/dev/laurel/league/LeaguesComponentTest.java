package dev.laurel.league;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LeagueOracle;
import dev.laurel.testing.LeagueOracle.Total;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Players are in one cohort of their tier each week, and go up and down by their rank in it. */
@QuarkusTest
class LeaguesComponentTest extends RolloverScene {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DECISION = "{\"reason\":\"r\",\"author\":\"a\"}";
    private static final Instant MONDAY = Instant.parse("2024-05-13T00:00:00Z");
    private static final int SIZE = 5;

    @Inject
    LeagueHousekeeping housekeeping;

    @Test
    void manyWeeksAreWhatAPlainLoopMakesOfThem() {
        Random random = new Random(52);
        String board = define("\"promote\":2,\"demote\":1");
        LeagueOracle oracle = new LeagueOracle(SIZE, 2, 1, 3);
        int weeks = 8;
        List<Week> all = new ArrayList<>();
        for (int i = 0; i < weeks; i++) {
            all.add(new Week(random, MONDAY.plus(Duration.ofDays(7L * i))));
        }
        for (int i = 0; i < weeks; i++) {
            Week week = all.get(i);
            // The first events arrive while the week before still accepts late ones.
            clock.stopAt(week.start.plus(Duration.ofMinutes(1)));
            send(board, week.early);
            clock.stopAt(week.start.plus(Duration.ofMinutes(10)));
            closeDue();
            awaitRounds(board, i);
            clock.stopAt(week.start.plus(Duration.ofDays(6)));
            send(board, week.late);
            // Whoever has not been entered by the close is entered by it, in the order of the instants.
            awaitEntered(board, week);
            clock.stopAt(week.start.plus(Duration.ofDays(7)).plusSeconds(30));
        }
        clock.stopAt(MONDAY.plus(Duration.ofDays(7L * weeks + 1)));
        closeDue();
        awaitRounds(board, weeks);

        Map<String, List<String>> histories = new TreeMap<>();
        for (Week week : all) {
            Map<String, String> expected = oracle.week(week.entered(), week.totals());
            assertThat(settled(board, week.start)).as("week of %s", week.start).isEqualTo(new TreeMap<>(expected));
            expected.forEach((player, result) ->
                    histories.computeIfAbsent(player, p -> new ArrayList<>()).add(0, result));
        }
        assertThat(histories.values().toString()).contains("PROMOTED", "DEMOTED", "2.1", "!");
        histories.forEach((player, results) -> assertThat(
                        history(board, player).stream().map(one -> one.replaceFirst("^\\S+ ", "")))
                .as(player)
                .containsExactlyElementsOf(results.stream()
                        .map(one -> one.replaceFirst("\\.\\d+", ""))
                        .toList()));
    }

    @Test
    void theCohortIsRankedLiveAndTheTieOnTheLineIsTold() {
        String board = define("\"promote\":1");
        send(board, List.of(event("ann", 9, 1), event("bob", 9, 2), event("cat", 3, 3)));
        await().atMost(PATIENCE).until(() -> placement(board, "cat"), "PLACED"::equals);

        JsonNode own = api.get(leagues(board) + "/players/bob").expect(200).json();
        JsonNode cohort = own.path("cohort");

        assertThat(own.path("window").asText()).isEqualTo("2024-W20");
        assertThat(cohort.path("tier").toString()).isEqualTo("{\"number\":1,\"name\":\"bronze\"}");
        assertThat(cohort.path("settled").asBoolean()).isFalse();
        assertThat(entries(cohort))
                .containsExactly("1 ann 9 PROMOTED true", "1 bob 9 STAYED true", "3 cat 3 STAYED false");
        JsonNode same = api.get(
                        leagues(board) + "/cohorts/" + cohort.path("cohort").asLong())
                .expect(200)
                .json();
        assertThat(entries(same)).isEqualTo(entries(cohort));
        JsonNode bronze =
                api.get(leagues(board) + "/tiers/bronze/cohorts").expect(200).json();
        assertThat(bronze.path("items").findValuesAsText("players")).containsExactly("3");
        assertThat(api.get(leagues(board) + "/tiers/gold/cohorts")
                        .expect(200)
                        .json()
                        .at("/pagination/total")
                        .asLong())
                .isZero();
        assertProblem(api.get(leagues(board) + "/tiers/iron/cohorts"), 404);
        assertProblem(api.get(leagues(board) + "/cohorts/" + Long.MAX_VALUE), 404);
        assertProblem(api.get(leagues(board) + "/players/nobody"), 404);
        assertProblem(api.get("/api/v1/players/ann/leagues"), 422);
        assertThat(history(board, "nobody")).isEmpty();
    }

    @Test
    void aResetIsARoundAndWhoTakesNoRankHasNone() {
        String board = define("\"promote\":1");
        String hidden = "hidden-" + board;
        send(board, List.of(event(hidden, 50, 1), event("ann", 9, 2), event("bob", 5, 3), event("cat", 7, 4)));
        await().atMost(PATIENCE).until(() -> placement(board, "cat"), "PLACED"::equals);
        api.put("/api/v1/players/" + hidden, "{\"displayName\":\"Shy\",\"visibility\":\"HIDDEN\"}")
                .expect(201);
        api.put("/api/v1/admin/boards/" + board + "/rankings/weekly/players/ann/disqualification", DECISION)
                .expect(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        entries(api.get(leagues(board) + "/players/cat").json().path("cohort")))
                .containsExactly("1 cat 7 PROMOTED false", "2 bob 5 STAYED false"));
        assertProblem(api.get(leagues(board) + "/players/" + hidden), 404);

        api.post("/api/v1/admin/boards/" + board + "/windows/weekly/reset", DECISION)
                .expect(200);
        awaitRounds(board, 1);
        stand("2024-05-14T20:30:00Z");
        send(board, List.of(event("cat", 1, 1_800), event("ann", 2, 1_801)));

        await().atMost(PATIENCE).until(() -> placement(board, "ann"), "PLACED"::equals);
        assertThat(api.get(leagues(board) + "/players/cat")
                        .json()
                        .at("/cohort/tier/name")
                        .asText())
                .isEqualTo("silver");
        assertThat(api.get(leagues(board) + "/players/ann")
                        .json()
                        .at("/cohort/tier/name")
                        .asText())
                .isEqualTo("bronze");
        assertThat(history(board, "cat")).containsExactly("2024-W20#1 0 1 PROMOTED");
        assertThat(history(board, "ann")).containsExactly("2024-W20#1 0 null STAYED");
        assertThat(history(board, hidden)).isEmpty();
        JsonNode first = api.get(leagues(board) + "/tiers/bronze/cohorts?window=2024-W20%231")
                .expect(200)
                .json()
                .path("items")
                .get(0);
        JsonNode settled = api.get(
                        leagues(board) + "/cohorts/" + first.path("cohort").asLong())
                .expect(200)
                .json();
        assertThat(settled.path("settled").asBoolean()).isTrue();
        assertThat(entries(settled)).containsExactly("1 cat 7 PROMOTED false", "2 bob 5 STAYED false");
    }

    @Test
    void aFrozenBoardShowsNobodyWhoEnteredSinceAndNoPromotion() {
        String board = define("\"promote\":1");
        send(board, List.of(event("ann", 9, 1), event("bob", 5, 2)));
        await().atMost(PATIENCE).until(() -> placement(board, "bob"), "PLACED"::equals);
        api.put("/api/v1/boards/" + board + "/freeze", "{}").expect(201);
        stand("2024-05-14T20:00:11Z");
        await().atMost(PATIENCE).until(() -> api.get("/api/v1/boards/" + board + "/freeze")
                .json()
                .path("frozen")
                .asBoolean());
        List<String> before =
                entries(api.get(leagues(board) + "/players/bob").json().path("cohort"));
        clock.stopAt(Instant.parse("2024-05-14T20:01:00Z"));
        send(board, List.of(event("bob", 50, 1), event("cat", 70, 2)));
        await().atMost(PATIENCE)
                .until(() -> StoredRows.number(
                                "SELECT count(*) FROM league_member m JOIN board b ON b.id = m.board_id WHERE b.name = ?",
                                board)
                        == 3);

        assertProblem(api.get(leagues(board) + "/players/cat"), 404);
        assertThat(entries(api.get(leagues(board) + "/players/bob").json().path("cohort")))
                .isEqualTo(before);
        stand("2024-05-21T08:00:00Z");
        closeDue();
        awaitRounds(board, 1);
        assertThat(history(board, "bob")).isEmpty();
        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(history(board, "bob")).containsExactly("2024-W20 0 2 STAYED"));
        assertThat(history(board, "cat")).containsExactly("2024-W20 0 1 PROMOTED");

        api.deleteBoard(board).expect(204);
        OnEventLoop.await(housekeeping::forget);
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM league_member m JOIN board b ON b.id = m.board_id WHERE b.name = ?",
                        board))
                .isZero();
    }

    @Test
    void aResetWithinTheLatenessOfTheWeekBeforeLosesNoRound() {
        String board = define("\"promote\":1", "\"lateness\":\"P1D\",");
        stand("2024-05-19T20:00:00Z");
        send(board, List.of(at("ann", 9, "2024-05-19T19:59:00Z"), at("bob", 5, "2024-05-19T19:59:01Z")));
        await().atMost(PATIENCE).until(() -> placement(board, "bob"), "PLACED"::equals);
        stand("2024-05-20T01:00:00Z");
        send(board, List.of(at("ann", 1, "2024-05-20T00:10:00Z"), at("bob", 7, "2024-05-20T00:10:01Z")));
        api.post("/api/v1/admin/boards/" + board + "/windows/weekly/reset", DECISION)
                .expect(200);
        stand("2024-05-20T02:00:00Z");
        send(board, List.of(at("bob", 7, "2024-05-20T01:30:00Z")));
        await().atMost(PATIENCE).until(() -> placement(board, "bob"), "WAITING"::equals);
        assertThat(history(board, "ann")).isEmpty();
        api.put("/api/v1/boards/" + board + "/freeze", "{}").expect(201);
        stand("2024-05-20T02:00:11Z");
        await().atMost(PATIENCE).until(() -> api.get("/api/v1/boards/" + board + "/freeze")
                .json()
                .path("frozen")
                .asBoolean());
        await().atMost(PATIENCE)
                .until(() -> StoredRows.number(
                                "SELECT count(*) FROM frozen_board f JOIN board b ON b.id = f.board_id WHERE b.name = ?",
                                board)
                        == 1);

        stand("2024-05-21T01:00:00Z");
        closeDue();
        awaitRounds(board, 2);

        await().atMost(PATIENCE)
                .until(() -> StoredRows.number(
                                "SELECT count(*) FROM league_member m JOIN board b ON b.id = m.board_id"
                                        + " WHERE b.name = ? AND m.cohort IS NULL",
                                board)
                        == 0);
        // The tier would tell how the week before has ended.
        assertThat(placement(board, "bob")).isEqualTo("WAITING");
        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);
        await().atMost(PATIENCE).until(() -> placement(board, "bob"), "PLACED"::equals);
        assertThat(history(board, "ann")).containsExactly("2024-W21#1 1 1 PROMOTED", "2024-W20 0 1 PROMOTED");
        assertThat(history(board, "bob")).containsExactly("2024-W21#1 0 1 PROMOTED", "2024-W20 0 2 STAYED");

        api.patch("/api/v1/boards/" + board + "?confirm=true", "{\"leagues\":{\"tiers\":[\"bronze\"]}}")
                .expect(200);
        stand("2024-05-28T02:00:00Z");
        closeDue();
        awaitRounds(board, 3);
        assertThat(history(board, "bob").get(0)).isEqualTo("2024-W21 0 1 STAYED");
        JsonNode left = api.get(leagues(board) + "/tiers/bronze/cohorts?window=2024-W21")
                .expect(200)
                .json()
                .path("items")
                .get(0);
        assertThat(entries(api.get(leagues(board) + "/cohorts/"
                                + left.path("cohort").asLong())
                        .expect(200)
                        .json()))
                .containsExactly("1 bob 7 STAYED false");
    }

    @Test
    void rulesAreChecked() {
        String board = define("\"promote\":1");
        String path = "/api/v1/boards/" + board;

        assertThat(fields(api.patch(path, "{\"leagues\":{\"size\":1,\"promote\":0,\"demote\":-1}}")))
                .contains("leagues.size", "leagues.promote", "leagues.demote");
        assertThat(fields(api.patch(path, "{\"leagues\":{\"period\":\"MONTHLY\"}}")))
                .contains("leagues.period");
        assertThat(fields(api.patch(path, "{\"leagues\":{\"period\":\"DAILY\"}}")))
                .contains("leagues.period");
        assertThat(fields(api.patch(path, "{\"leagues\":{\"tiers\":[\"a\",\"a\"]}}")))
                .contains("leagues.tiers");
        assertThat(fields(api.patch(path, "{\"leagues\":{\"tiers\":[]}}"))).contains("leagues.tiers");
        assertThat(fields(api.patch(path, "{\"lateness\":\"P2D\"}"))).contains("leagues.period");
        assertThat(api.patch(path, "{\"leagues\":{\"demote\":2}}")
                        .expect(200)
                        .json()
                        .path("leagues")
                        .toString())
                .isEqualTo("{\"period\":\"WEEKLY\",\"size\":5,\"promote\":1,\"demote\":2,"
                        + "\"tiers\":[\"bronze\",\"silver\",\"gold\"]}");
        api.patch(path, "{\"leagues\":null}").expect(200);
        assertProblem(api.get(leagues(board) + "/players/ann"), 404);
    }

    private static List<String> fields(Reply reply) {
        return reply.expect(422).json().path("errors").findValuesAsText("field");
    }

    private String define(String rules) {
        return define(rules, "");
    }

    private String define(String rules, String rest) {
        String board = "league-" + UUID.randomUUID().toString().substring(0, 8);
        api.putBoard(
                        board,
                        "{\"title\":\"League\",\"periods\":[\"WEEKLY\"]," + rest + "\"leagues\":{\"size\":" + SIZE + ","
                                + rules + ",\"tiers\":[\"bronze\",\"silver\",\"gold\"]}}")
                .expect(201);
        return board;
    }

    private static String leagues(String board) {
        return "/api/v1/boards/" + board + "/leagues";
    }

    private String placement(String board, String player) {
        return api.get(leagues(board) + "/players/" + player)
                .json()
                .path("state")
                .asText();
    }

    private static String at(String player, int score, String instant) {
        return "{\"playerId\":\"%s\",\"score\":%d,\"occurredAt\":\"%s\"}".formatted(player, score, instant);
    }

    /** @param second of the evening before eight */
    private String event(String player, int score, int second) {
        return "{\"playerId\":\"%s\",\"score\":%d,\"occurredAt\":\"%s\"}"
                .formatted(player, score, Instant.parse("2024-05-14T19:59:00Z").plusSeconds(second));
    }

    /** One transaction, so that their order in the ledger is this one. */
    private void send(String board, List<String> events) {
        api.post(
                        "/api/v1/boards/" + board + "/scores/batch?atomic=true",
                        "{\"scores\":[" + String.join(",", events) + "]}")
                .expect(200);
    }

    private static void awaitRounds(String board, int rounds) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(StoredRows.number(
                        "SELECT count(*) FROM league_round r JOIN board b ON b.id = r.board_id WHERE b.name = ?",
                        board))
                .isEqualTo(rounds));
    }

    private static void awaitEntered(String board, Week week) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(StoredRows.number(
                        "SELECT count(*) FROM league_member m JOIN board b ON b.id = m.board_id"
                                + " WHERE b.name = ? AND m.window_key / 1024 = ?",
                        board,
                        week.start.toEpochMilli()))
                .isEqualTo(week.totals.size()));
    }

    private static List<String> entries(JsonNode cohort) {
        List<String> entries = new ArrayList<>();
        cohort.path("entries")
                .forEach(one -> entries.add(one.path("rank").asText() + " "
                        + one.path("playerId").asText() + " "
                        + one.path("score").asText() + " "
                        + one.path("outcome").asText() + " " + one.path("tied").asText()));
        return entries;
    }

    private List<String> history(String board, String player) {
        List<String> results = new ArrayList<>();
        api.get("/api/v1/players/" + player + "/leagues?limit=100&board=" + board)
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> results.add(one.path("window").asText() + " "
                        + (one.at("/tier/number").asInt() - 1) + " "
                        + (one.has("rank") ? one.path("rank").asText() : "null") + " "
                        + one.path("outcome").asText() + (one.path("tied").asBoolean() ? "!" : "")));
        return results;
    }

    /** By player: tier.cohort rank outcome. */
    private static Map<String, String> settled(String board, Instant week) {
        Map<String, String> found = new TreeMap<>();
        StoredRows.column(
                        "SELECT m.player_id || '=' || c.tier || '.' || c.ordinal || ' ' || m.rank || ' ' || m.outcome"
                                + " || CASE WHEN m.tied THEN '!' ELSE '' END FROM league_member m"
                                + " JOIN league_cohort c ON c.number = m.cohort JOIN board b ON b.id = m.board_id"
                                + " WHERE b.name = ? AND m.window_key / 1024 = ?",
                        board,
                        week.toEpochMilli())
                .forEach(one ->
                        found.put(one.toString().split("=")[0], one.toString().split("=")[1]));
        return found;
    }

    /** The events of a week, those of its first minute and the others. */
    private static final class Week {
        private final Instant start;
        private final List<String> early = new ArrayList<>();
        private final List<String> late = new ArrayList<>();
        private final Map<String, Total> totals = new LinkedHashMap<>();

        Week(Random random, Instant start) {
            this.start = start;
            List<Integer> players = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                players.add(i);
            }
            Collections.shuffle(players, random);
            for (int i = 0; i < 90; i++) {
                boolean isEarly = i < 12;
                int player = players.get(isEarly ? i : random.nextInt(34));
                Instant at = isEarly
                        ? start.plusSeconds(random.nextInt(50))
                        : start.plus(Duration.ofDays(6)).minusSeconds(random.nextInt(200));
                add("p" + player, 1 + random.nextInt(3), at, isEarly ? early : late);
            }
        }

        private void add(String player, int score, Instant at, List<String> events) {
            events.add("{\"playerId\":\"%s\",\"score\":%d,\"occurredAt\":\"%s\"}".formatted(player, score, at));
            totals.merge(
                    player,
                    new Total(player, score, at.toEpochMilli()),
                    (a, b) -> new Total(player, a.score() + b.score(), Math.max(a.reachedAt(), b.reachedAt())));
        }

        List<String> entered() {
            return List.copyOf(totals.keySet());
        }

        Map<String, Total> totals() {
            return new HashMap<>(totals);
        }
    }
}
