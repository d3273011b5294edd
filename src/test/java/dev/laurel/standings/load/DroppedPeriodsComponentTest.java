package dev.laurel.standings.load;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.Period;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TwinBoards;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A period that is dropped and added again: its windows are those they were, and lack nothing. */
@QuarkusTest
class DroppedPeriodsComponentTest extends RolloverScene {
    private static final String WHY = "{\"reason\":\"asked for\",\"author\":\"owner\"}";
    private static final Set<Period> BOTH = EnumSet.of(Period.DAILY, Period.WEEKLY);
    private static final String WEEK = "2024-W20";
    private static final String STEP =
            "CREATE OR REPLACE FUNCTION fill_step() RETURNS bigint LANGUAGE sql IMMUTABLE RETURN ";

    @Test
    void whoIsDisqualifiedStaysSo() {
        String board = putBoard(aBoard("dropped").keeping(BOTH));
        submit(board, ScoreEvent.of("good", "5"));
        submit(board, ScoreEvent.of("cheat", "50"));
        String decisions = "/api/v1/admin/boards/" + board + "/rankings/weekly/";
        api.put(decisions + "players/cheat/disqualification", WHY).expect(200);

        dropAndAddWeekly(board);

        assertThat(weekly(board).findValuesAsText("playerId")).containsExactly("good");
        assertThat(api.get(decisions + "disqualifications").expect(200).json().findValuesAsText("playerId"))
                .containsExactly("cheat");
        api.post(decisions + "players/cheat/reinstatement", WHY).expect(200);
        assertThat(weekly(board).findValuesAsText("playerId")).containsExactly("cheat", "good");
    }

    @Test
    void anUndoAddsNoEventThatTheWindowHasNotCounted() {
        String board = putBoard(aBoard("dropped").keeping(BOTH));
        submit(board, ScoreEvent.of("ann", "10"));
        define(board, "DAILY");
        submit(board, ScoreEvent.of("ann", "5"));
        String adjustment = adjust(board, "ann", 1);

        undo(board, adjustment);

        JsonNode dropped =
                api.top(board, Period.WEEKLY, "window=" + WEEK).expect(200).json();
        assertThat(dropped.at("/entries/0/score").asInt()).isEqualTo(10);
        assertThat(top(board).at("/entries/0/score").asInt()).isEqualTo(15);
    }

    @Test
    void whatWasTakenOverCountsOnce() {
        String board = putBoard(aBoard("dropped").keeping(BOTH));
        String path = "/api/v1/admin/boards/" + board + "/standings?reason=moving&author=ops";
        String row = "{\"standings\":[{\"playerId\":\"ann\",\"scores\":{\"weekly\":9}}]}";
        api.post(path, row).expect(200);

        dropAndAddWeekly(board);

        assertThat(api.post(path, row)
                        .expect(200)
                        .json()
                        .at("/results/0/status")
                        .asText())
                .isEqualTo("DUPLICATE");
        assertThat(weekly(board).at("/entries/0/score").asInt()).isEqualTo(9);
    }

    @Test
    void anArchiveWithAHoleIsMadeAgainWhenAskedFor() {
        String later = putBoard(aBoard("dropped").keeping(EnumSet.of(Period.DAILY, Period.ALL_TIME)));
        String always = putBoard(aBoard("always").keeping(EnumSet.of(Period.DAILY, Period.ALL_TIME)));
        submitToBoth(later, always, "ann", "10");
        submitToBoth(later, always, "bob", "12");
        submitToBoth(later, always, "cyd", "99");
        for (String board : List.of(later, always)) {
            api.put("/api/v1/admin/boards/" + board + "/rankings/daily/players/cyd/disqualification", WHY)
                    .expect(200);
        }
        define(later, "ALL_TIME");
        submitToBoth(later, always, "ann", "5");
        submitToBoth(later, always, "dan", "1");
        stand("2024-05-15T12:00:00Z");
        closeDue();
        define(later, "DAILY", "ALL_TIME");
        awaitFilled(later);
        submitToBoth(later, always, "ann", "3");
        assertThat(ranked(later, DAY)).containsExactly("bob", "ann");
        String fill = "/api/v1/admin/boards/" + later + "/windows/daily/fill?window=" + DAY;

        assertThat(api.post(fill, WHY).expect(200).json().path("players").asInt())
                .isEqualTo(3);

        assertThat(ranked(later, DAY)).containsExactly("ann", "bob", "dan");
        TwinBoards twins = new TwinBoards(api, later, always);
        twins.assertSame(Period.DAILY, DAY, List.of("score"));
        twins.assertSame(Period.DAILY, "", List.of("score"));
        assertProblem(api.post(fill, WHY), 409);
        api.post("/api/v1/admin/boards/" + later + "/rankings/daily/players/cyd/reinstatement?window=" + DAY, WHY)
                .expect(200);
        assertThat(ranked(later, DAY)).containsExactly("cyd", "ann", "bob", "dan");
    }

    @Test
    void eventsSinceTheLastResetAreAcceptedAndNoWindowIsLost() {
        String board = putBoard(aBoard("dropped").keeping(BOTH).lateDays(1));
        submit(board, ScoreEvent.of("ann", "10"));
        stand("2024-05-14T20:10:00Z");
        api.post("/api/v1/admin/boards/" + board + "/windows/weekly/reset", WHY).expect(200);
        stand("2024-05-14T20:20:00Z");
        submit(board, ScoreEvent.of("ann", "1"));
        define(board, "DAILY");
        stand("2024-05-14T20:30:00Z");
        define(board, "DAILY", "WEEKLY");
        awaitFilled(board);

        submit(board, ScoreEvent.of("ann", "5").at("2024-05-14T20:15:00Z"));

        assertThat(weekly(board).at("/entries/0/score").asInt()).isEqualTo(6);
        assertProblem(api.submit(board, ScoreEvent.of("ann", "5").at("2024-05-14T20:05:00Z")), 422, "occurredAt");
        assertThat(api.get("/api/v1/boards/" + board + "/windows?period=weekly")
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("id"))
                .containsExactlyInAnyOrder(WEEK, WEEK + "#1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUM", "BEST", "LATEST"})
    void adjustmentsBeforeAndAfterTheDropCount(String operator) throws SQLException {
        countInStepsThatEndAmongTheNextEvents();
        String later = putBoard(aBoard("dropped").operator(operator).keeping(BOTH));
        String always = putBoard(aBoard("always").operator(operator).keeping(BOTH));
        for (String player : List.of("ann", "bob", "cyd", "dan")) {
            submitToBoth(later, always, player, "50");
        }
        stand("2024-05-14T20:01:00Z");
        adjustBoth(later, always, "ann");
        define(later, "DAILY");
        stand("2024-05-14T20:02:00Z");
        adjustBoth(later, always, "bob");
        List<String> taken = adjustBoth(later, always, "cyd");
        for (String player : List.of("ann", "bob", "cyd", "eve")) {
            submitToBoth(later, always, player, "6");
        }
        undo(later, taken.get(0));
        undo(always, taken.get(1));
        stand("2024-05-14T20:03:00Z");
        define(later, "DAILY", "WEEKLY");
        submitToBoth(later, always, "bob", "2");
        submitToBoth(later, always, "fay", "3");

        awaitFilled(later);

        assertTwins(later, always);
        define(later, "DAILY");
        submitToBoth(later, always, "bob", "4");
        dropAndAddWeekly(later);
        assertTwins(later, always);
    }

    @AfterEach
    void countInUsualSteps() throws SQLException {
        countInStepsOf(3_000_000);
    }

    /** Counting may begin with the first event in the ledger, which other tests have filled, and takes a step each second. */
    private static void countInStepsThatEndAmongTheNextEvents() throws SQLException {
        long next = StoredRows.number("SELECT coalesce(max(id), 0) FROM score_event") + 25;
        countInStepsOf(Math.max(5, next / 3));
    }

    private static void countInStepsOf(long events) throws SQLException {
        try (Connection connection = EmbeddedStores.current().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(STEP + events);
        }
    }

    private void assertTwins(String later, String always) {
        TwinBoards twins = new TwinBoards(api, later, always);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(twins.assertSame(Period.WEEKLY, "", List.of("score")))
                        .isPositive());
    }

    private void dropAndAddWeekly(String board) {
        define(board, "DAILY");
        define(board, "DAILY", "WEEKLY");
        awaitFilled(board);
    }

    private void define(String board, String... periods) {
        String names = "\"" + String.join("\",\"", periods) + "\"";
        api.patch("/api/v1/boards/" + board + "?confirm=true", "{\"periods\":[" + names + "]}")
                .expect(200);
    }

    private void awaitFilled(String board) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        api.board(board).expect(200).json().has("filling"))
                .isFalse());
    }

    private void submitToBoth(String later, String always, String player, String score) {
        List.of(later, always).forEach(board -> submit(board, ScoreEvent.of(player, score)));
    }

    private List<String> adjustBoth(String later, String always, String player) {
        return List.of(adjust(later, player, 7), adjust(always, player, 7));
    }

    private String adjust(String board, String player, int score) {
        return api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments",
                        "{\"playerId\":\"" + player + "\",\"score\":" + score + "," + WHY.substring(1))
                .expect(200)
                .json()
                .path("adjustment")
                .asText();
    }

    private void undo(String board, String adjustment) {
        api.post("/api/v1/admin/boards/" + board + "/adjustments/" + adjustment + "/undo", WHY)
                .expect(200);
    }

    private JsonNode weekly(String board) {
        return api.top(board, Period.WEEKLY, "").expect(200).json();
    }
}
