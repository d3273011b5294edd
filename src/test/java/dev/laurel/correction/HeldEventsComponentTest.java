package dev.laurel.correction;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TwinBoards;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** What breaks a plausibility rule waits for a decision, and until then it is as if it had never been sent. */
@QuarkusTest
class HeldEventsComponentTest extends RolloverScene {
    private static final String DECISION = "{\"reason\":\"seen on video\",\"author\":\"judge-7\"}";

    /** A day of the board of which most is in the evening before. */
    private static final String ZONE = "Asia/Kolkata";

    @Inject
    HeldEventHousekeeping housekeeping;

    @Test
    void everyWayOfSubmittingHoldsAndTellsIt() {
        String board = define("\"plausibility\":{\"maxScore\":100}");
        String free = putBoard(aBoard("free").daily());
        submit(board, ScoreEvent.of("ann", "40"));

        JsonNode single =
                api.submit(board, event("bob", 101, "one")).expect(202).json();
        assertThat(single.path("status").asText()).isEqualTo("HELD");
        assertThat(single.path("eventId").asText()).isEqualTo("one");
        assertThat(single.path("standings")).isEmpty();
        assertThat(api.submit(board, event("bob", 101, "one")).expect(202).json())
                .isEqualTo(single);
        assertProblem(api.submit(board, event("bob", 102, "one")), 409);
        assertThat(statuses(api.submitAll(
                        board,
                        List.of(
                                ScoreEvent.of("bob", "101").withId("one"),
                                ScoreEvent.of("bob", "5").withId("two"),
                                ScoreEvent.of("cat", "500")))))
                .containsExactly("HELD", "APPLIED", "HELD");
        assertThat(statuses(api.post(
                        "/api/v1/boards/" + board + "/scores/batch?atomic=true&standings=true",
                        "{\"scores\":[" + event("dan", 7, "three") + "," + event("dan", 700, "four") + "]}")))
                .containsExactly("APPLIED", "HELD");
        assertProblem(
                api.post(
                        "/api/v1/boards/" + board + "/scores/batch?atomic=true",
                        "{\"scores\":[" + event("dan", 8, "five") + "," + event("dan", 701, "four") + "]}"),
                409);
        assertThat(statuses(api.post(
                        "/api/v1/scores",
                        "{\"boards\":[\"" + free + "\",\"" + board + "\"],\"playerId\":\"eve\",\"score\":900}")))
                .containsExactly("APPLIED", "HELD");

        assertThat(ranking(board, "")).containsExactly("ann 40", "dan 7", "bob 5");
        JsonNode held = held(board, "");
        assertThat(held.findValuesAsText("playerId")).containsExactly("bob", "cat", "dan", "eve");
        assertThat(held.findValuesAsText("rule")).containsOnly("SCORE");
        assertThat(api.get("/api/v1/players/cat/events?board=" + board).text()).doesNotContain("500");
        assertThat(api.get("/api/v1/admin/players/cat/export")
                        .expect(200)
                        .json()
                        .path("boards")
                        .findValues("held")
                        .toString())
                .contains("\"score\":500", "\"rule\":\"SCORE\"");

        // It had no id, and is the player's own all the same.
        decide(board, held.get(1).path("id").asLong(), "accept").expect(200);
        assertThat(api.get("/api/v1/players/cat/events?board=" + board).text()).contains("500");
    }

    @ParameterizedTest
    @CsvSource({"SUM, DESC", "BEST, DESC", "BEST, ASC", "LATEST, DESC"})
    void whatIsHeldIsWhatAPlainLoopWouldHoldAndAcceptedIsAsIfItHadCountedAtOnce(String operator, String order) {
        Random random = new Random(operator.hashCode() + 31L * order.hashCode());
        String definition = "\"operator\":\"" + operator + "\",\"order\":\"" + order + "\",\"zone\":\"" + ZONE + "\","
                + "\"lateness\":\"P3D\",\"periods\":[\"DAILY\",\"WEEKLY\",\"LAST_7_DAYS\"],"
                + "\"metrics\":[\"score\",\"kills\"]";
        String board = define(definition + ",\"plausibility\":{\"minScore\":-20,\"maxScore\":90,\"maxStep\":70,"
                + "\"maxEventsPerMinute\":3,\"maxSumPerDay\":150}");
        String twin = define(definition);
        PlausibilityOracle oracle = new PlausibilityOracle(operator, order);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            Instant at = clock.instant().minusSeconds(random.nextInt(12) * 45L + random.nextInt(2) * 90_000L);
            all.add(
                    "{\"playerId\":\"p%d\",\"score\":%d,\"metrics\":{\"kills\":%d},\"occurredAt\":\"%s\",\"eventId\":\"e%d\"}"
                            .formatted(random.nextInt(4), random.nextInt(130) - 30, i, at, i));
        }

        List<String> statuses = new ArrayList<>();
        // Alone, and several of a player in one transaction.
        for (int i = 0; i < all.size(); ) {
            int size = Math.min(1 + random.nextInt(25), all.size() - i);
            statuses.addAll(statuses(api.post(
                    "/api/v1/boards/" + board + "/scores/batch" + (random.nextBoolean() ? "" : "?atomic=true"),
                    "{\"scores\":[" + String.join(",", all.subList(i, i + size)) + "]}")));
            i += size;
        }
        List<Boolean> expected = all.stream().map(oracle::holds).toList();
        assertThat(statuses.stream().map("HELD"::equals).toList()).isEqualTo(expected);
        Map<Integer, JsonNode> held = new TreeMap<>();
        for (int page = 1; page <= 3; page++) {
            held(board, "page=" + page + "&")
                    .forEach(one -> held.put(
                            Integer.parseInt(one.path("eventId").asText().substring(1)), one));
        }
        assertThat(held.values().stream().map(one -> one.path("rule").asText()))
                .containsExactlyElementsOf(oracle.broken)
                .contains("SCORE", "STEP", "DAY_SUM", "MINUTE_EVENTS");
        for (int i = 0; i < all.size(); i++) {
            if (!expected.get(i)) {
                api.submit(twin, all.get(i)).expect(200);
            }
        }
        assertSame(board, twin);

        for (int i = 0; i < all.size(); i++) {
            if (expected.get(i)) {
                // Where the best counts, of equal ones the first accepted is kept; so in their order.
                api.submit(twin, all.get(i)).expect(200);
            }
        }
        for (JsonNode one : held.values()) {
            decide(board, one.path("id").asLong(), "accept").expect(200);
        }
        assertSame(board, twin);
        assertThat(held(board, "")).isEmpty();
        assertThat(held(board, "state=ACCEPTED&")).isNotEmpty();
    }

    @Test
    void acceptedAfterTheCloseItRanksTheArchiveAgain() {
        String board = define("\"periods\":[\"DAILY\",\"WEEKLY\",\"ALL_TIME\"],\"plausibility\":{\"maxScore\":100}");
        submit(board, ScoreEvent.of("ann", "40"));
        String activity = "{\"activity\":\"quiz\",\"tags\":[\"loops\"],\"outcome\":\"COMPLETED\",";
        api.submit(board, activity + event("bob", 900, "big").substring(1)).expect(202);
        api.submit(board, event("cat", 800, "gone")).expect(202);
        stand("2024-05-15T08:00:00Z");
        closeDue();
        assertThat(ranking(board, "?window=" + DAY)).containsExactly("ann 40");
        long bob = held(board, "").get(0).path("id").asLong();
        long cat = held(board, "").get(1).path("id").asLong();

        JsonNode accepted = decide(board, bob, "accept").expect(200).json();
        decide(board, cat, "reject").expect(200);

        assertThat(accepted.path("state").asText()).isEqualTo("ACCEPTED");
        assertThat(accepted.path("author").asText()).isEqualTo("judge-7");
        assertThat(accepted.path("activity").asText()).isEqualTo("quiz");
        JsonNode counted = api.get("/api/v1/players/bob/events?board=" + board)
                .expect(200)
                .json()
                .path("items")
                .get(0);
        assertThat(counted.path("tags").get(0).asText()).isEqualTo("loops");
        assertThat(counted.path("outcome").asText()).isEqualTo("COMPLETED");
        assertThat(ranking(board, "?window=" + DAY)).containsExactly("bob 900", "ann 40");
        assertThat(ranking(board, "")).isEmpty();
        assertThat(api.top(board, Period.WEEKLY, "")
                        .json()
                        .path("entries")
                        .get(0)
                        .path("achievedAt")
                        .asText())
                .isEqualTo("2024-05-14T20:00:00Z");
        assertThat(status(board, activity + event("bob", 900, "big").substring(1), 200))
                .isEqualTo("DUPLICATE");
        assertThat(status(board, event("cat", 800, "gone"), 200)).isEqualTo("REJECTED");
        assertProblem(decide(board, bob, "reject"), 409);
        assertProblem(decide(board, cat, "accept"), 409);
        assertProblem(decide(board, Long.MAX_VALUE, "accept"), 404);
        assertProblem(api.post(path(board) + "/" + bob + "/accept", "{\"author\":\"me\"}"), 422);
        assertProblem(api.get(path(board) + "?state=LOST"), 422);
        JsonNode log =
                api.get("/api/v1/admin/boards/" + board + "/log").expect(200).json();
        assertThat(log.findValuesAsText("action")).containsExactly("REJECT", "ACCEPT");
        assertThat(log.findValuesAsText("reason")).containsOnly("seen on video");
    }

    @Test
    void aPlayerWhoHadNothingStandsInAWindowThatHadNobody() {
        String board = define("\"periods\":[\"DAILY\",\"ALL_TIME\"],\"plausibility\":{\"maxScore\":100}");
        api.submit(board, event("bob", 900, "big")).expect(202);
        stand("2024-05-16T08:00:00Z");
        closeDue();

        decide(board, held(board, "").get(0).path("id").asLong(), "accept").expect(200);
        closeDue();

        assertThat(ranking(board, "?window=" + DAY)).containsExactly("bob 900");
        assertThat(state(board, DAY)).isEqualTo("CLOSED");
        assertThat(api.player(board, Period.ALL_TIME, "bob", "")
                        .json()
                        .path("rank")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatWasHeldBeforeAResetDoesNotComeBackWithIt() {
        String board = define("\"periods\":[\"DAILY\",\"ALL_TIME\"],\"plausibility\":{\"maxScore\":100}");
        submit(board, ScoreEvent.of("ann", "40"));
        api.submit(board, event("bob", 900, "big")).expect(202);
        stand("2024-05-14T20:10:00Z");
        api.post("/api/v1/admin/boards/" + board + "/windows/daily/reset", DECISION)
                .expect(200);

        decide(board, held(board, "").get(0).path("id").asLong(), "accept").expect(200);

        assertThat(ranking(board, "")).isEmpty();
        assertThat(ranking(board, "?window=" + DAY + "%231")).containsExactly("ann 40");
        assertThat(api.top(board, Period.ALL_TIME, "").json().path("entries").findValuesAsText("playerId"))
                .containsExactly("bob", "ann");
    }

    @Test
    void sentAgainWithoutTheRulesItCountsOnceAndNotAgainWhenAccepted() {
        String board = define("\"plausibility\":{\"maxScore\":100}");
        api.submit(board, event("bob", 900, "big")).expect(202);
        api.patch("/api/v1/boards/" + board, "{\"plausibility\":null}").expect(200);
        assertThat(status(board, event("bob", 900, "big"), 200)).isEqualTo("APPLIED");
        api.patch("/api/v1/boards/" + board, "{\"plausibility\":{\"maxScore\":50}}")
                .expect(200);
        assertThat(status(board, event("bob", 900, "big"), 200)).isEqualTo("DUPLICATE");

        assertProblem(decide(board, held(board, "").get(0).path("id").asLong(), "reject"), 409);
        decide(board, held(board, "").get(0).path("id").asLong(), "accept").expect(200);

        assertThat(ranking(board, "")).containsExactly("bob 900");
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM score_event e JOIN board b ON b.id = e.board_id WHERE b.name = ?", board))
                .isEqualTo(1);
    }

    @Test
    void whatAnotherReplicaCountsAtTheSameMomentIsNotHeld() throws SQLException {
        String board = define("\"plausibility\":{\"maxScore\":100}");
        CompletableFuture<Reply> submitted;
        try (Connection other = EmbeddedStores.current().connect();
                PreparedStatement count = other.prepareStatement(
                        "INSERT INTO event_key (board_id, event_id, content_hash, received_at, occurred_ms)"
                                + " SELECT b.id, 'twice', 1, now(), 0 FROM board b WHERE b.name = ?")) {
            other.setAutoCommit(false);
            count.setString(1, board);
            count.executeUpdate();
            submitted = CompletableFuture.supplyAsync(() -> api.submit(board, event("bob", 900, "twice")));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> StoredRows.number("SELECT count(*) FROM pg_locks WHERE NOT granted"
                                    + " AND locktype = 'transactionid'")
                            > 0);
            other.commit();
        }
        // Of other content.
        assertProblem(submitted.join(), 409);
        assertThat(held(board, "")).isEmpty();
    }

    @Test
    void noMoreAreHeldThanSomebodyMayLookAt() {
        String board = define("\"plausibility\":{\"maxScore\":100}");
        api.submit(board, event("bob", 900, "first")).expect(202);
        StoredRows.change(
                "INSERT INTO held_event (tenant_id, board_id, player_id, score, occurred_ms, received_at, content_hash, rule)"
                        + " SELECT h.tenant_id, h.board_id, h.player_id, h.score, h.occurred_ms, h.received_at, 0, h.rule"
                        + " FROM held_event h JOIN board b ON b.id = h.board_id, generate_series(1, 9999) WHERE b.name = ?",
                board);

        assertThat(api.submit(board, event("bob", 901, "more"))
                        .expect(422)
                        .json()
                        .path("errors")
                        .findValuesAsText("field"))
                .containsExactly("score");
        assertThat(status(board, event("bob", 5, "fine"), 200)).isEqualTo("APPLIED");
    }

    @Test
    void rulesLieWithinTheBoundsAndAreChangedFieldByField() {
        String board = define("\"decimals\":2,\"minScore\":0,\"maxScore\":1000,\"maxStep\":500,\"plausibility\":"
                + "{\"maxScore\":99.5,\"maxStep\":50.25,\"maxEventsPerMinute\":30,\"maxSumPerDay\":2000}");
        String path = "/api/v1/boards/" + board;

        Reply patched = api.patch(path, "{\"plausibility\":{\"maxStep\":null,\"maxEventsPerMinute\":10}}")
                .expect(200);

        assertThat(patched.text())
                .contains("\"plausibility\":{\"maxScore\":99.50,\"maxEventsPerMinute\":10,\"maxSumPerDay\":2000.00}");
        assertThat(fields(path, "{\"maxScore\":1000.01,\"minScore\":-1}"))
                .containsExactlyInAnyOrder("plausibility.maxScore", "plausibility.minScore");
        assertThat(fields(path, "{\"maxScore\":5,\"minScore\":6}")).containsExactly("plausibility.minScore");
        assertThat(fields(path, "{\"maxStep\":501}")).containsExactly("plausibility.maxStep");
        assertThat(fields(path, "{\"maxEventsPerMinute\":0,\"maxSumPerDay\":0}"))
                .containsExactlyInAnyOrder("plausibility.maxEventsPerMinute", "plausibility.maxSumPerDay");
        assertThat(fields(path, "{\"maxScore\":1.001}")).containsExactly("plausibility.maxScore");
        assertProblem(api.submit(board, event("bob", 1001, "x")), 422);
        assertProblem(api.submit(board, event("bob", 501, "x")), 422);
        assertThat(status(board, event("bob", 100, "x"), 202)).isEqualTo("HELD");
    }

    @Test
    void whatAdministratorsAddIsNotJudged() {
        String board = define("\"plausibility\":{\"maxScore\":100,\"maxSumPerDay\":150}");
        api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments",
                        "{\"playerId\":\"ann\",\"score\":5000,\"reason\":\"r\",\"author\":\"a\"}")
                .expect(200);

        assertThat(status(board, event("ann", 100, "x"), 200)).isEqualTo("APPLIED");
        assertThat(status(board, event("ann", 100, "y"), 202)).isEqualTo("HELD");
        assertThat(ranking(board, "")).containsExactly("ann 5100");
    }

    @Test
    void whatWaitsIsCountedAndWhatHasWaitedTooLongIsForgotten() {
        String board = define("\"plausibility\":{\"maxScore\":100,\"maxSumPerDay\":150,\"maxEventsPerMinute\":9}");
        api.submit(board, event("bob", 900, "big")).expect(202);
        submit(board, ScoreEvent.of("bob", "9"));
        OnEventLoop.await(housekeeping::count);
        assertThat(housekeeping.pending()).isPositive();

        // Rows are received by the clock of PostgreSQL, which stands still for nobody.
        clock.stopAt(Instant.now().plus(Duration.ofDays(91)));
        OnEventLoop.await(housekeeping::forget);

        assertThat(held(board, "")).isEmpty();
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM plausibility_count c JOIN board b ON b.id = c.board_id WHERE b.name = ?",
                        board))
                .isZero();
    }

    private String define(String rest) {
        String board = "held-" + UUID.randomUUID().toString().substring(0, 8);
        String periods = rest.contains("\"periods\"") ? "" : ",\"periods\":[\"DAILY\"]";
        api.putBoard(board, "{\"title\":\"Held\"" + periods + "," + rest + "}").expect(201);
        return board;
    }

    private static String event(String player, int score, String id) {
        return "{\"playerId\":\"%s\",\"score\":%d,\"eventId\":\"%s\"}".formatted(player, score, id);
    }

    private String status(String board, String event, int code) {
        return api.submit(board, event).expect(code).json().path("status").asText();
    }

    private static List<String> statuses(Reply reply) {
        return reply.expect(200).json().path("results").findValuesAsText("status");
    }

    private List<String> fields(String board, String rules) {
        return api.patch(board, "{\"plausibility\":" + rules + "}")
                .expect(422)
                .json()
                .path("errors")
                .findValuesAsText("field");
    }

    private static String path(String board) {
        return "/api/v1/admin/boards/" + board + "/held";
    }

    private JsonNode held(String board, String query) {
        return api.get(path(board) + "?" + query + "limit=100")
                .expect(200)
                .json()
                .path("items");
    }

    private Reply decide(String board, long id, String what) {
        return api.post(path(board) + "/" + id + "/" + what, DECISION);
    }

    private List<String> ranking(String board, String query) {
        List<String> found = new ArrayList<>();
        api.get(LaurelApi.ranking(board, "daily") + query)
                .expect(200)
                .json()
                .path("entries")
                .forEach(one -> found.add(
                        one.path("playerId").asText() + " " + one.path("score").asText()));
        return found;
    }

    private void assertSame(String board, String twin) {
        TwinBoards twins = new TwinBoards(api, board, twin);
        for (String metric : List.of("score", "kills")) {
            twins.assertSame(Period.WEEKLY, "", List.of(metric));
            twins.assertSame(Period.DAILY, "2024-05-13", List.of(metric));
            twins.assertSame(Period.DAILY, "2024-05-14", List.of(metric));
            twins.assertSame(Period.DAILY, "2024-05-15", List.of(metric));
        }
    }

    /** The rules as a loop over all events, one after the other. */
    private static final class PlausibilityOracle {
        private static final com.fasterxml.jackson.databind.ObjectMapper JSON =
                new com.fasterxml.jackson.databind.ObjectMapper();

        private final String operator;
        private final boolean descending;
        private final Map<String, Integer> minutes = new HashMap<>();
        private final Map<String, Integer> days = new HashMap<>();
        /** By player: score and instant of the week, the longest window. */
        private final Map<String, long[]> weeks = new HashMap<>();

        private final List<String> broken = new ArrayList<>();

        PlausibilityOracle(String operator, String order) {
            this.operator = operator;
            this.descending = order.equals("DESC");
        }

        boolean holds(String json) {
            JsonNode event;
            try {
                event = JSON.readTree(json);
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
            String player = event.path("playerId").asText();
            int score = event.path("score").asInt();
            Instant at = Instant.parse(event.path("occurredAt").asText());
            String day = player + at.atZone(java.time.ZoneId.of(ZONE)).toLocalDate();
            String minute = player + at.getEpochSecond() / 60;
            long[] week = weeks.get(player);
            long[] moved = combined(week, score, at.toEpochMilli());
            String rule = rule(score, week, moved, days.getOrDefault(day, 0), minutes.getOrDefault(minute, 0));
            if (rule != null) {
                broken.add(rule);
                return true;
            }
            days.merge(day, score, Integer::sum);
            minutes.merge(minute, 1, Integer::sum);
            weeks.put(player, moved);
            return false;
        }

        private String rule(int score, long[] week, long[] moved, int sum, int events) {
            if (score < -20 || score > 90) {
                return "SCORE";
            }
            boolean far =
                    operator.equals("SUM") ? Math.abs(score) > 70 : week != null && Math.abs(moved[0] - week[0]) > 70;
            if (far) {
                return "STEP";
            }
            if (Math.abs(sum + score) > 150) {
                return "DAY_SUM";
            }
            return events == 3 ? "MINUTE_EVENTS" : null;
        }

        private long[] combined(long[] week, int score, long at) {
            if (week == null || operator.equals("LATEST") && at >= week[1]) {
                return new long[] {score, at};
            }
            boolean better = descending ? score > week[0] : score < week[0];
            return operator.equals("BEST") && better ? new long[] {score, at} : week;
        }
    }
}
