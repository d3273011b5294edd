package dev.laurel.challenge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.laurel.archive.Rollover;
import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.correction.AdjustmentOrder;
import dev.laurel.correction.Adjustments;
import dev.laurel.correction.Decision;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.Period;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import dev.laurel.testing.TwinBoards;
import dev.laurel.web.challenges.ChallengeScene;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Submissions that are taken back leave no trace, and changed points reach those who have cleared before. */
@QuarkusTest
class WithdrawalsComponentTest extends ChallengeScene {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Rollover rollover;

    @Inject
    Boards boards;

    @Inject
    Adjustments adjustments;

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void theOnlyOneThatClearsTakesThePointsWithIt() {
        String only = id(clear("ann", "abc"));
        clear("bob", "abcd").statusCode(200);

        withdraw(GPT, only).statusCode(204);

        ranking("all_time").body("entries.playerId", contains("bob")).body("total", equalTo(1));
        ranking("daily").body("entries.playerId", contains("bob"));
        get(submissions(GPT)).body("items.playerId", contains("bob")).body("items.rank", contains(1));
        get(submissions(GPT) + "/" + only).statusCode(404);
        cleared().body("players", equalTo(1)).body("first.playerId", equalTo("bob"));
        assertThat(itemsOf("ann")).isEmpty();
        get("/api/v1/boards/" + board + "/rankings/all_time/players/ann").statusCode(404);
    }

    private ValidatableResponse cleared() {
        return get("/api/v1/challenges/cleared")
                .rootPath("items.find { it.challenge == '%s' && it.variant == 'gpt-4o' }".formatted(challenge));
    }

    private List<Object> itemsOf(String player) {
        return get("/api/v1/players/" + player + "/cleared")
                .extract()
                .path("items.findAll { it.challenge == '" + challenge + "' }");
    }

    @Test
    void theVariantCanBeClearedAgainAfterwards() {
        withdraw(GPT, id(clear("ann", "abc"))).statusCode(204);

        clear("ann", "ab").body("cleared", equalTo("FIRST")).body("points", equalTo(100));

        ranking("all_time").body("entries.score", contains(100));
        cleared().body("players", equalTo(1)).body("first.playerId", equalTo("ann"));
    }

    @Test
    void theNextOneThatClearsKeepsThePoints() {
        String first = id(clear("ann", "abc"));
        miss("ann", "a").statusCode(200);
        String next = id(clear("ann", "abcde"));

        withdraw(GPT, first).statusCode(204);

        ranking("all_time").body("entries.score", contains(100));
        get(submissions(GPT)).body("items.id", contains(next)).body("items.length", contains(5));
        get("/api/v1/players/ann/cleared")
                .body("items.find { it.challenge == '" + challenge + "' }.submission", equalTo(next));
        withdraw(GPT, next).statusCode(204);
        ranking("all_time").body("entries", hasSize(0));
        get(submissions(GPT)).body("items.length", contains(1)).body("items.cleared", contains(false));
        cleared().body("players", equalTo(0)).body("first", nullValue());
    }

    @Test
    void oneThatHasNotClearedLeavesThePointsAlone() {
        clear("ann", "abc").statusCode(200);
        String again = id(clear("ann", "ab"));

        withdraw(GPT, again).statusCode(204);

        get(submissions(GPT)).body("items.length", contains(3));
        ranking("all_time").body("entries.score", contains(100));
        withdraw(GPT, again).statusCode(404);
    }

    @Test
    void aKeyThatWasWithdrawnStaysUsed() {
        String key = UUID.randomUUID().toString();
        withdraw(GPT, id(submitUnder(key, body("ann", "abc", true)))).statusCode(204);

        submitUnder(key, body("ann", "abc", true)).statusCode(409).body("detail", containsString("taken back"));

        ranking("all_time").body("entries", hasSize(0));
    }

    @Test
    void aReasonAndAnAuthorAreNeeded() {
        String only = id(clear("ann", "abc"));

        given().contentType(ContentType.JSON)
                .body("{\"author\":\"judge-7\"}")
                .delete(submissions(GPT) + "/" + only)
                .then()
                .statusCode(422)
                .body("errors.field", contains("reason"));
        withdraw(GPT, only).statusCode(204);
        get("/api/v1/admin/boards/" + board + "/log")
                .body("items.action", contains("WITHDRAW"))
                .body("items.playerId", contains("ann"))
                .body("items.reason", contains("Copied"));
    }

    /** Standings, instants, ties and archives are those of a board on which it has never been. */
    @Test
    void closedWindowsAndTiesAreAsIfItHadNeverBeen() {
        LaurelApi api = new LaurelApi(service);
        String twin = "twin-" + board;
        clock.stopAt(Instant.parse("2024-05-14T20:00:00Z"));
        // The same board once more, from the beginning of the scene.
        put("/api/v1/boards/" + twin, "{\"title\":\"Points\"}").statusCode(201);
        both(twin, "ann", 7);
        String only = id(clear("ann", "abc"));
        clock.stopAt(Instant.parse("2024-05-14T20:00:01Z"));
        both(twin, "bob", 7);
        clock.stopAt(Instant.parse("2024-05-15T00:10:00Z"));
        OnEventLoop.await(rollover::closeDue);
        both(twin, "cyd", 1);

        withdraw(GPT, only).statusCode(204);

        TwinBoards boards = new TwinBoards(api, board, twin);
        assertThat(boards.assertSame(Period.DAILY, "2024-05-14", List.of("score")))
                .isEqualTo(2);
        for (Period period : List.of(Period.DAILY, Period.WEEKLY, Period.MONTHLY, Period.YEARLY, Period.ALL_TIME)) {
            boards.assertSame(period, "", List.of("score"));
            boards.assertSamePlayer(period, "ann", "");
        }
    }

    /** While the archive is held by another transaction, nobody waits but the withdrawal. */
    @Test
    void othersClearTheVariantWhileAnArchiveIsCountedAgain() {
        clock.stopAt(Instant.parse("2024-05-14T20:00:00Z"));
        String only = id(clear("ann", "abc"));
        clear("bob", "ab").statusCode(200);
        clock.stopAt(Instant.parse("2024-05-15T00:10:00Z"));
        OnEventLoop.await(rollover::closeDue);
        CompletableFuture<ValidatableResponse> withdrawn;
        try (OtherTransaction holding = OtherTransaction.begun()) {
            holding.run(
                    "SELECT f.position FROM final_standing f JOIN board b ON b.id = f.board_id WHERE b.name = ? FOR UPDATE",
                    board);
            withdrawn = CompletableFuture.supplyAsync(() -> withdraw(GPT, only));
            await().atMost(SOON).until(() -> due() > 0 && due() == closedDue());

            clear("cyd", "a").body("cleared", equalTo("FIRST"));
            cleared().body("players", equalTo(2)).body("first.playerId", equalTo("bob"));
            ranking("weekly").body("entries.playerId", contains("bob", "cyd"));
        }
        withdrawn.join().statusCode(204);
        assertThat(due()).isZero();
        get("/api/v1/boards/" + board + "/rankings/daily?window=2024-05-14").body("entries.playerId", contains("bob"));
    }

    private long due() {
        return StoredRows.number(
                "SELECT count(*) FROM recount_due d JOIN board b ON b.id = d.board_id WHERE b.name = ?", board);
    }

    private long closedDue() {
        return StoredRows.number(
                "SELECT count(*) FROM recount_due d JOIN board b ON b.id = d.board_id"
                        + " JOIN board_window w USING (board_id, period, window_key) WHERE b.name = ? AND w.state = 'CLOSED'",
                board);
    }

    /** As if the process had died after the submission was taken back, and before the player was counted again. */
    @Test
    void whatADeadProcessHasNotCountedAgainAnotherOneDoes() {
        String only = id(clear("ann", "abc"));
        clear("bob", "ab").statusCode(200);
        StoredRows.column(
                "SELECT withdraw_submission(c.number, 'gpt-4o', ?::uuid, b.id, 'Copied', 'judge-7', now())"
                        + " FROM challenge c JOIN board b ON b.name = c.board WHERE c.id = ?",
                only,
                challenge);
        ranking("all_time").body("entries", hasSize(2));

        StoredRows.change("UPDATE recount_due SET since = since - interval '1 minute' WHERE player_id = 'ann'");

        await().atMost(SOON).untilAsserted(() -> ranking("all_time").body("entries.playerId", contains("bob")));
        ranking("daily").body("entries.playerId", contains("bob"));
        await().atMost(SOON).until(() -> due() == 0);
    }

    /** The order was made before midnight, and is carried out behind it. */
    @Test
    void pointsChangedAtMidnightStayWithTheirDay() {
        clock.stopAt(Instant.parse("2024-05-14T23:59:59Z"));
        clear("ann", "abc").statusCode(200);
        clock.stopAt(Instant.parse("2024-05-15T00:00:01Z"));

        Board points = OnEventLoop.await(() -> boards.get(new BoardName(Tenant.DEFAULT, board)));
        AdjustmentOrder order = new AdjustmentOrder(
                "ann",
                List.of(30L),
                Set.of(dev.laurel.shared.Period.DAILY, dev.laurel.shared.Period.WEEKLY),
                new Decision("Easy", "judge-7"),
                Instant.parse("2024-05-14T23:59:59.5Z"),
                "revalue-" + board);
        OnEventLoop.await(() -> adjustments.adjust(points, order));

        get("/api/v1/boards/" + board + "/rankings/daily?window=2024-05-14").body("entries.score", contains(130));
        get("/api/v1/boards/" + board + "/rankings/daily").body("entries", hasSize(0));
        ranking("weekly").body("entries.score", contains(130));
    }

    private void both(String twin, String player, int score) {
        for (String one : List.of(board, twin)) {
            post("/api/v1/boards/" + one + "/scores", "{\"playerId\":\"%s\",\"score\":%d}".formatted(player, score))
                    .statusCode(200);
        }
    }

    @Test
    void newPointsReachThoseWhoHaveClearedBefore() {
        clear("ann", "abc").statusCode(200);
        clear("bob", "ab").statusCode(200);
        submit(MINI, "ann", "abc", true).statusCode(200);

        revalued(130).statusCode(200);

        clear("cyd", "a").body("points", equalTo(130));
        await().atMost(SOON).untilAsserted(() -> ranking("all_time").body("entries.score", contains(380, 130, 130)));
        get("/api/v1/players/ann/cleared")
                .body(
                        "items.find { it.challenge == '" + challenge + "' && it.variant == 'gpt-4o' }.points",
                        equalTo(130));
        get("/api/v1/admin/boards/" + board + "/adjustments")
                .body("items", hasSize(2))
                .body("items.reason", contains("Easy", "Easy"))
                .body("items.author", contains("judge-7", "judge-7"));
    }

    private ValidatableResponse revalued(int points) {
        return put(path() + "?revalue=true&reason=Easy&author=judge-7", definition(points));
    }

    @Test
    void severalChangesOfPointsComeToTheLast() {
        clear("ann", "abc").statusCode(200);
        clear("bob", "ab").statusCode(200);

        revalued(150).statusCode(200);
        revalued(20).statusCode(200);
        revalued(70).statusCode(200);

        await().atMost(SOON).until(() -> open() == 0);
        ranking("all_time").body("entries.score", contains(70, 70));
        ranking("daily").body("entries.score", contains(70, 70));
    }

    private long open() {
        return StoredRows.number(
                "SELECT count(*) FROM challenge_revaluation r JOIN challenge c ON c.number = r.challenge"
                        + " WHERE c.id = ? AND r.done_at IS NULL",
                challenge);
    }

    /** As if the process had died after it had corrected the score, and before it had noted that. */
    @Test
    void aRevaluationThatIsBegunAgainCorrectsNothingTwice() {
        clear("ann", "abc").statusCode(200);
        clear("bob", "ab").statusCode(200);
        revalued(150).statusCode(200);
        await().atMost(SOON).until(() -> open() == 0);

        StoredRows.change(
                "UPDATE clearing k SET points = 100 FROM challenge c WHERE c.number = k.challenge AND c.id = ?"
                        + " AND k.player_id = 'bob'",
                challenge);
        StoredRows.change(
                "UPDATE challenge_revaluation r SET done_at = NULL, player_id = '', leased_until = NULL FROM challenge c"
                        + " WHERE c.number = r.challenge AND c.id = ?",
                challenge);

        await().atMost(SOON).until(() -> open() == 0);
        ranking("all_time").body("entries.score", contains(150, 150));
        get("/api/v1/admin/boards/" + board + "/adjustments").body("items", hasSize(2));
    }

    @Test
    void aWithdrawalTakesTheNewPointsBackToo() {
        String only = id(clear("ann", "abc"));
        clear("bob", "ab").statusCode(200);
        revalued(150).statusCode(200);
        await().atMost(SOON).until(() -> open() == 0);

        withdraw(GPT, only).statusCode(204);

        ranking("all_time").body("entries.playerId", contains("bob")).body("entries.score", contains(150));
        get("/api/v1/boards/" + board + "/rankings/all_time/players/ann").statusCode(404);
    }

    @Test
    void closedWindowsKeepThePointsOfTheirTime() {
        clock.stopAt(Instant.parse("2024-05-14T20:00:00Z"));
        clear("ann", "abc").statusCode(200);
        clock.stopAt(Instant.parse("2024-05-15T20:00:00Z"));
        OnEventLoop.await(rollover::closeDue);

        revalued(150).statusCode(200);

        await().atMost(SOON).until(() -> open() == 0);
        ranking("all_time").body("entries.score", contains(150));
        ranking("weekly").body("entries.score", contains(150));
        ranking("daily").body("entries", hasSize(0));
        get("/api/v1/boards/" + board + "/rankings/daily?window=2024-05-14").body("entries.score", contains(100));
    }

    @Test
    void aRevaluationSaysWhyAndByWhom() {
        put(path() + "?revalue=true", definition(1)).statusCode(422);
        put(path() + "?reason=x", definition(1)).statusCode(422).body("errors.field", contains("reason"));
        get(path()).body("variants.'gpt-4o'.points", equalTo(100));
    }
}
