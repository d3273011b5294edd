package dev.laurel.web.challenges;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who has cleared what, as lists show it. */
@QuarkusTest
class ClearedComponentTest extends ChallengeScene {
    /** Changes by others are looked for each second. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    TestClock clock;

    private final String end = "-" + UUID.randomUUID().toString().substring(0, 8);
    private final String ann = "ann" + end;
    private final String bob = "bob" + end;

    @BeforeEach
    void nobodyElse() {
        StoredRows.change("DELETE FROM player WHERE id IN (?, ?)", ann, bob);
    }

    @AfterEach
    void everybodyIsListed() {
        clock.reset();
        given().delete("/api/v1/players/" + ann);
        given().delete("/api/v1/players/" + bob);
    }

    @Test
    void everyVariantTellsHowManyHaveClearedIt() {
        of(GPT).body("players", equalTo(0)).body("points", equalTo(100)).body("first", nullValue());

        clear(bob, "b");
        clear(ann, "a");
        clear(ann, "a again");
        miss("cyd", "c");

        of(GPT).body("players", equalTo(2)).body("first.playerId", equalTo(bob));
        of(MINI).body("players", equalTo(0));
    }

    private ValidatableResponse of(String variant) {
        return get("/api/v1/challenges/cleared")
                .statusCode(200)
                .rootPath("items.find { it.challenge == '%s' && it.variant == '%s' }".formatted(challenge, variant));
    }

    @Test
    void aPlayerHasItemsAndPoints() {
        get("/api/v1/players/" + ann + "/cleared")
                .statusCode(200)
                .body("cleared", equalTo(0))
                .body("items", hasSize(0));

        String first = id(clear(ann, "a"));
        submit(MINI, ann, "a", true);
        clear(ann, "better");

        get("/api/v1/players/" + ann + "/cleared")
                .body("playerId", equalTo(ann))
                .body("cleared", equalTo(2))
                .body("points", equalTo(350))
                .body("items.variant", contains(GPT, MINI))
                .body("items.points", contains(100, 250))
                .body("items[0].submission", equalTo(first));
    }

    @Test
    void givenPlayersAreLookedUpTogether() {
        clear(ann, "a");
        submit(MINI, ann, "a", true);
        clear(bob, "b");

        lookup("\"%s\",\"%s\",\"nobody\"".formatted(bob, ann), false)
                .statusCode(200)
                .body("players.playerId", contains(ann, bob))
                .body("players.cleared", contains(2, 1))
                .body("players.points", contains(350, 100))
                .body("players[0].items", nullValue())
                .body("missing", contains("nobody"));
        lookup("\"%s\"".formatted(ann), true).body("players[0].items.variant", contains(GPT, MINI));
    }

    /** The removal is held up, ended, and goes on: at any moment totals are those of the challenges that are left. */
    @Test
    void aDeletedChallengeCountsNoLongerWhileItIsRemoved() {
        String kept = "kept" + end;
        put("/api/v1/challenges/" + kept, definition(100)).statusCode(201);
        post("/api/v1/challenges/" + kept + "/gpt-4o/submissions", body(ann, "a", true))
                .statusCode(200);
        clear(ann, "a");
        clear(bob, "b");
        submit(MINI, ann, "a", true);
        try (OtherTransaction holding = OtherTransaction.begun()) {
            holding.run(
                    "SELECT v.players FROM cleared_variant v JOIN challenge c ON c.number = v.challenge WHERE c.id = ? FOR UPDATE OF v",
                    challenge);
            given().delete(path()).then().statusCode(204);
            await().atMost(SOON).until(() -> StoredRows.number("SELECT count(*)" + FORGETTING) > 0);

            assertTotals();
            StoredRows.column("SELECT pg_terminate_backend(l.pid)" + FORGETTING);
            assertTotals();
        }
        await().atMost(SOON)
                .until(() -> StoredRows.number(
                                "SELECT count(*) FROM challenge_removal r JOIN challenge c ON c.number = r.challenge WHERE c.id = ?",
                                challenge)
                        == 0);
        assertTotals();
        assertThat(StoredRows.column("SELECT p.points FROM clearing_total p WHERE p.player_id IN (?, ?)", ann, bob))
                .containsExactly(100L);
        given().delete("/api/v1/challenges/" + kept);
    }

    private static final String FORGETTING =
            " FROM pg_stat_activity l WHERE l.query LIKE '%forget_some%' AND l.wait_event_type = 'Lock'";

    /** As the list of all players shows them. */
    private void assertTotals() {
        assertThat(StoredRows.column(
                        "SELECT p.player_id || ' ' || p.points FROM clearing_players(1::smallint, ?, 0, 100000) p"
                                + " WHERE p.player_id IN (?, ?)",
                        System.currentTimeMillis(),
                        ann,
                        bob))
                .containsExactly(ann + " 100");
    }

    /** By the clock alone: no process changes a record. */
    @Test
    void aPlayerIsListedAgainSoonAfterABanHasEnded() {
        Instant over = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        clock.stopAt(over.minusSeconds(2));
        clear(ann, "a");
        put(
                        "/api/v1/players/" + ann,
                        "{\"displayName\":\"Ann\",\"banned\":{\"reason\":\"Abuse\",\"until\":\"" + over + "\"}}")
                .statusCode(201);
        of(GPT).body("players", equalTo(0));
        clock.stopAt(over);
        await().atMost(SOON).untilAsserted(() -> of(GPT).body("players", equalTo(1)));
    }

    @Test
    void aLookupIsBounded() {
        lookup("", false).statusCode(422).body("errors.field", contains("playerIds"));
        lookup(ids(1_000), false).statusCode(200).body("missing", hasSize(1_000));
        lookup(ids(1_001), false).statusCode(422);
        lookup(ids(101), true).statusCode(422);
        lookup("\" \"", false).statusCode(422);
        post("/api/v1/challenges/cleared/lookup", "{}").statusCode(422);
    }

    private static String ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"x" + i + "\"").collect(Collectors.joining(","));
    }

    private static ValidatableResponse lookup(String ids, boolean items) {
        return post("/api/v1/challenges/cleared/lookup", "{\"playerIds\":[%s],\"items\":%s}".formatted(ids, items));
    }

    @Test
    void allPlayersAreListedByTheirPoints() {
        put(path(), definition(900_000_000)).statusCode(200);
        clear(bob, "b");
        clear(ann, "a");
        submit(MINI, bob, "b", true);

        get("/api/v1/challenges/players?limit=2")
                .body("items.playerId", contains(bob, ann))
                .body("items.points", contains(900_000_250, 900_000_000))
                .body("items.cleared", contains(2, 1));
        get("/api/v1/challenges/players?limit=1&page=2").body("items.playerId", contains(ann));
    }

    @Test
    void aPlayersSubmissionsAreListedNewestFirst() {
        miss(ann, "one");
        submit(MINI, ann, "two", true);
        clear(ann, "three");

        get("/api/v1/players/" + ann + "/submissions")
                .body("items.variant", contains(GPT, MINI, GPT))
                .body("items.length", contains(5, 3, 3))
                .body("items.challenge", contains(challenge, challenge, challenge))
                .body("pagination.total", equalTo(3));
        get("/api/v1/players/" + ann + "/submissions?limit=2&page=2").body("items", hasSize(1));
    }

    @Test
    void whatWasCachedEndsWithANewSubmission() {
        clear(ann, "abc");
        assertSeen(1, 1);
        clear(bob, "ab");
        assertSeen(2, 1);
        clear(ann, "a");
        assertSeen(2, 2);
    }

    private void assertSeen(int cleared, int ofAnn) {
        of(GPT).body("players", equalTo(cleared));
        get(submissions(GPT)).body("items", hasSize(cleared));
        get("/api/v1/players/" + ann + "/cleared").body("cleared", equalTo(1));
        get("/api/v1/players/" + ann + "/submissions").body("items", hasSize(ofAnn));
        get("/api/v1/challenges/players?limit=200").body("items.playerId", hasItem(ann));
    }

    @Test
    void whatAnotherProcessHasTakenInIsSeenWithinASecond() {
        assertThat(StoredRows.number("SELECT count(*) FROM challenge WHERE id = ?", challenge))
                .isOne();
        of(GPT).body("players", equalTo(0));
        get(submissions(GPT)).body("items", hasSize(0));

        StoredRows.column("""
                SELECT became FROM record_submissions(ARRAY[(
                    SELECT jsonb_build_object('challenge', c.number, 'revision', c.revision, 'tenant', 1, 'variant', 'gpt-4o',
                        'player', ?::text, 'id', gen_random_uuid(), 'hash', 1, 'content', 'x', 'length', 1, 'sort', 1,
                        'descending', false, 'cleared', true, 'at', 1700000000000, 'points', 100, 'board', 0, 'event', '~clear-x')
                    FROM challenge c WHERE c.id = ? AND c.deleted_at IS NULL)::text])""", bob, challenge);

        await().atMost(SOON).untilAsserted(() -> of(GPT).body("players", equalTo(1)));
        get(submissions(GPT)).body("items.playerId", contains(bob));
    }

    @Test
    void hiddenAndBannedPlayersAreOnNoListAndTakeNoRank() {
        clear(bob, "b");
        clear(ann, "an");
        clear("cyd" + end, "cyd");

        record(bob, "\"visibility\":\"HIDDEN\"");
        await().atMost(SOON).untilAsserted(() -> of(GPT).body("players", equalTo(2)));

        of(GPT).body("first.playerId", equalTo(ann));
        get(submissions(GPT)).body("items.playerId", contains(ann, "cyd" + end)).body("items.rank", contains(1, 2));
        get("/api/v1/players/" + bob + "/cleared").body("cleared", equalTo(0));
        get("/api/v1/players/" + bob + "/submissions").body("items", hasSize(0));
        get("/api/v1/challenges/players?limit=200").body("items.playerId", not(hasItem(bob)));
        lookup("\"%s\"".formatted(bob), false).body("missing", contains(bob));
        clear(bob, "bb").body("rank", nullValue());
        clear("dan" + end, "d").body("rank", equalTo(1));

        record(bob, "\"visibility\":\"PUBLIC\"");
        await().atMost(SOON).untilAsserted(() -> of(GPT).body("first.playerId", equalTo(bob)));
        get(submissions(GPT)).body("items.playerId", contains(bob, "dan" + end, ann, "cyd" + end));
    }

    private static void record(String player, String fields) {
        put("/api/v1/players/" + player, "{\"displayName\":\"P\",%s}".formatted(fields));
    }
}
