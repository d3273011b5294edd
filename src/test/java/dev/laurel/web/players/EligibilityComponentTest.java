package dev.laurel.web.players;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.laurel.testing.SentStatements;
import dev.laurel.testing.StoredRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The check before somebody plays, and the cache that it asks. */
@QuarkusTest
class EligibilityComponentTest {
    /** Changes are looked for each second. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    MeterRegistry meters;

    private final String board = "guarded-" + UUID.randomUUID();
    private final String player = "player-" + UUID.randomUUID();

    @BeforeEach
    void aBoard() {
        put("/api/v1/boards/" + board, "{\"title\":\"Guarded\"}").statusCode(201);
    }

    @Test
    void whoHasNoRecordMayPlay() {
        check().statusCode(200)
                .body("playerId", equalTo(player))
                .body("board", equalTo(board))
                .body("eligible", equalTo(true))
                .body("reasons", empty())
                .body("asOf", notNullValue())
                .body("player", nullValue());
    }

    @Test
    void theRecordComesWithTheAnswer() {
        record("{\"displayName\":\"Ada\",\"attributes\":{\"level\":3}}");

        check().body("eligible", equalTo(true))
                .body("player.displayName", equalTo("Ada"))
                .body("player.attributes.level", equalTo(3));
    }

    @Test
    void whoIsBannedMayNotPlayUntilThen() {
        record("{\"displayName\":\"Ada\",\"banned\":{\"reason\":\"Cheating\"}}");
        check().body("eligible", equalTo(false)).body("reasons", contains("BANNED"));

        record("{\"displayName\":\"Ada\",\"banned\":{\"reason\":\"Cheating\",\"until\":\"2199-01-01T00:00:00Z\"}}");
        check().body("reasons", contains("BANNED"));

        record("{\"displayName\":\"Ada\",\"banned\":{\"reason\":\"Cheating\",\"until\":\"2020-01-01T00:00:00Z\"}}");
        check().body("eligible", equalTo(true)).body("player.banned.reason", equalTo("Cheating"));
    }

    @Test
    void whoIsDisqualifiedInARunningWindowMayNotPlay() {
        given().contentType(ContentType.JSON)
                .body("{\"playerId\":\"" + player + "\",\"score\":1}")
                .post("/api/v1/boards/" + board + "/scores")
                .then()
                .statusCode(200);
        String decision = "/api/v1/admin/boards/" + board + "/rankings/weekly/players/" + player;
        put(decision + "/disqualification", "{\"reason\":\"Two accounts\",\"author\":\"referee\"}")
                .statusCode(200);

        check().body("eligible", equalTo(false)).body("reasons", contains("DISQUALIFIED"));

        given().contentType(ContentType.JSON)
                .body("{\"reason\":\"One account\",\"author\":\"referee\"}")
                .post(decision + "/reinstatement")
                .then()
                .statusCode(200);
        check().body("eligible", equalTo(true));
    }

    @Test
    void aBoardOfSeasonsIsPlayedInSeasons() {
        put("/api/v1/boards/" + board, "{\"title\":\"Guarded\",\"periods\":[\"SEASON\"]}")
                .statusCode(200);
        record("{\"displayName\":\"Ada\",\"banned\":{\"reason\":\"Cheating\"}}");
        check().body("reasons", containsInAnyOrder("BANNED", "NO_SEASON"));

        put(
                        "/api/v1/boards/" + board + "/seasons/now",
                        "{\"title\":\"Now\",\"start\":\"2020-01-01T00:00:00Z\",\"end\":\"2029-01-01T00:00:00Z\"}")
                .statusCode(201);
        await().atMost(PATIENCE).untilAsserted(() -> check().body("reasons", contains("BANNED")));
    }

    @Test
    void whatABoardDemandsMustBeInTheRecord() {
        demand("{\"requires\":[\"accepted_terms\",\"country\"]}").statusCode(200);
        check().body("reasons", contains("MISSING_ATTRIBUTE"))
                .body("missingAttributes", contains("accepted_terms", "country"));

        record("{\"displayName\":\"Ada\",\"attributes\":{\"accepted_terms\":false,\"country\":\"GB\"}}");
        check().body("eligible", equalTo(false)).body("missingAttributes", contains("accepted_terms"));

        record("{\"displayName\":\"Ada\",\"attributes\":{\"accepted_terms\":true,\"country\":\"GB\"}}");
        check().body("eligible", equalTo(true)).body("missingAttributes", nullValue());
    }

    @Test
    void whoHasJustPlayedWaits() {
        demand("{\"cooldown\":\"PT1H\"}").statusCode(200);
        check().body("eligible", equalTo(true));

        given().contentType(ContentType.JSON)
                .body("{\"playerId\":\"" + player + "\",\"score\":0}")
                .post("/api/v1/boards/" + board + "/scores")
                .then()
                .statusCode(200);
        check().body("reasons", contains("COOLDOWN")).body("cooldownUntil", notNullValue());

        given().contentType("application/merge-patch+json")
                .body("{\"eligibility\":{\"cooldown\":\"PT0.001S\"}}")
                .patch("/api/v1/boards/" + board)
                .then()
                .statusCode(200)
                .body("eligibility.cooldown", equalTo("PT0.001S"));
        await().atMost(PATIENCE).untilAsserted(() -> check().body("eligible", equalTo(true)));
    }

    @Test
    void aPartOfTheDemandsIsChangedByAPatch() {
        demand("{\"requires\":[\"accepted_terms\"],\"cooldown\":\"PT10S\"}").statusCode(200);

        given().contentType("application/merge-patch+json")
                .body("{\"eligibility\":{\"cooldown\":\"PT5S\"}}")
                .patch("/api/v1/boards/" + board)
                .then()
                .statusCode(200)
                .body("eligibility.requires", contains("accepted_terms"))
                .body("eligibility.cooldown", equalTo("PT5S"));
        given().contentType("application/merge-patch+json")
                .body("{\"eligibility\":null}")
                .patch("/api/v1/boards/" + board)
                .then()
                .statusCode(200)
                .body("eligibility", nullValue());
    }

    @Test
    void demandsThatNobodyCanMeetAreRefused() {
        demand("{\"requires\":[\"no spaces\"]}").statusCode(422).body("errors.field", contains("eligibility.requires"));
        demand("{\"requires\":[null]}").statusCode(422).body("errors.field", contains("eligibility.requires.[0]"));
        demand("{\"cooldown\":\"-PT1S\"}").statusCode(422).body("errors.field", contains("eligibility.cooldown"));
        demand("{\"cooldown\":\"soon\"}").statusCode(422).body("errors.field", contains("eligibility.cooldown"));
    }

    private ValidatableResponse demand(String eligibility) {
        return put("/api/v1/boards/" + board, "{\"title\":\"Guarded\",\"eligibility\":" + eligibility + "}");
    }

    @Test
    void aQuestionThatIsNoneIsRefused() {
        check("no-such-board").statusCode(404);
        given().get("/api/v1/players/" + player + "/eligibility")
                .then()
                .statusCode(422)
                .body("errors.field", contains("board"));
        check("").statusCode(422);
    }

    @Test
    void whatIsKnownIsNotAskedForAgain() {
        // Others ask for other players meanwhile, or drop them: then once more.
        await().atMost(PATIENCE).untilAsserted(() -> {
            // That there is no record is known as well, and nobody changes it meanwhile.
            check().statusCode(200);
            JsonPath before = figures();
            for (int i = 0; i < 5; i++) {
                check().body("player", nullValue());
            }
            JsonPath after = figures();

            assertThat(after.getLong("hits") - before.getLong("hits")).isGreaterThanOrEqualTo(5);
            assertThat(after.getLong("misses")).isEqualTo(before.getLong("misses"));
        });
        JsonPath after = figures();
        assertThat(after.getLong("cachedPlayers")).isPositive();
        assertThat(after.getLong("ttlSeconds")).isEqualTo(300);
        assertThat(after.getDouble("hitRatePercent")).isBetween(0.0, 100.0);
    }

    @Test
    void whatIsKnownTakesNoStatement() {
        SentStatements statements = new SentStatements(meters);
        String others = "player-" + UUID.randomUUID() + "-";
        AtomicInteger next = new AtomicInteger();
        // A window that never had an event is looked up again after 50 ms, so a slow machine would count all five of
        // them.
        submit(others + "first");
        assertThat(statements.of(
                        () -> check(board, others + next.incrementAndGet()).statusCode(200)))
                .as("of players asked for the first time: the record, and the rest")
                .isEqualTo(2);

        assertThat(statements.of(() -> check().body("eligible", equalTo(true)))).isZero();

        record("{\"displayName\":\"Ada\",\"attributes\":{\"accepted_terms\":true}}");
        demand("{\"requires\":[\"accepted_terms\"]}").statusCode(200);
        assertThat(statements.of(() -> check().body("player.displayName", equalTo("Ada"))))
                .isZero();

        demand("{\"cooldown\":\"PT0.001S\"}").statusCode(200);
        assertThat(statements.of(() -> check().statusCode(200)))
                .as("on a board with a cooldown, within a second")
                .isZero();
    }

    @Test
    void aDisqualificationByAnotherProcessIsSeenSoon() {
        submit();
        check().body("eligible", equalTo(true));

        StoredRows.change(
                "INSERT INTO disqualification (board_id, period, window_key, player_id, reason, author, created_at) "
                        + "SELECT b.id, w.period, w.window_key, ?, 'why', 'judge', now() "
                        + "FROM board b JOIN board_window w ON w.board_id = b.id AND w.period = 2 WHERE b.name = ?",
                player,
                board);
        await().atMost(PATIENCE).untilAsserted(() -> check().body("reasons", contains("DISQUALIFIED")));

        StoredRows.change("DELETE FROM disqualification WHERE player_id = ?", player);
        check().body("eligible", equalTo(true));
    }

    @Test
    void anEventHereIsSeenAtOnce() {
        demand("{\"cooldown\":\"PT1H\"}").statusCode(200);
        for (int i = 0; i < 3; i++) {
            check().body("eligible", equalTo(true));
        }
        submit();
        check().body("reasons", contains("COOLDOWN"));
    }

    private void submit() {
        submit(player);
    }

    private void submit(String player) {
        given().contentType(ContentType.JSON)
                .body("{\"playerId\":\"" + player + "\",\"score\":1}")
                .post("/api/v1/boards/" + board + "/scores")
                .then()
                .statusCode(200);
    }

    @Test
    void everyChangeHereIsSeenAtOnce() {
        check().body("player", nullValue());
        record("{\"displayName\":\"Ada\"}");
        check().body("player.displayName", equalTo("Ada"));
        given().contentType("application/merge-patch+json")
                .body("{\"banned\":{\"reason\":\"Cheating\"}}")
                .patch("/api/v1/players/" + player)
                .then()
                .statusCode(200);
        check().body("reasons", contains("BANNED"));
        given().delete("/api/v1/players/" + player).then().statusCode(204);
        check().body("player", nullValue()).body("eligible", equalTo(true));
    }

    @Test
    void aChangeByAnotherProcessIsSeenSoon() {
        record("{\"displayName\":\"Ada\"}");
        check().body("eligible", equalTo(true));

        StoredRows.change("UPDATE player SET banned_reason = 'Cheating', revision = revision + 1 WHERE id = ?", player);

        await().atMost(PATIENCE).untilAsserted(() -> check().body("reasons", contains("BANNED")));

        StoredRows.change("DELETE FROM player WHERE id = ?", player);

        await().atMost(PATIENCE)
                .untilAsserted(() -> check().body("eligible", equalTo(true)).body("player", nullValue()));
    }

    private static JsonPath figures() {
        return given().get("/api/v1/admin/players/cache")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void record(String profile) {
        put("/api/v1/players/" + player, profile);
    }

    private ValidatableResponse check() {
        return check(board);
    }

    private ValidatableResponse check(String onBoard) {
        return check(onBoard, player);
    }

    private static ValidatableResponse check(String onBoard, String of) {
        return given().queryParam("board", onBoard)
                .get("/api/v1/players/" + of + "/eligibility")
                .then();
    }

    private static ValidatableResponse put(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).put(path).then();
    }
}
