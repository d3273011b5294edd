package dev.laurel.web.players;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Rollover;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An erased player leaves nothing behind, and nobody else notices. */
@QuarkusTest
class ErasureComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String TABLES = "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind IN ('r', 'p')"
            + " AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace";

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Rollover rollover;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String ann = "ann-" + unique;
    private final String player = "/api/v1/players/" + ann;
    /** A name of things that stay, which is none of the player's traces. */
    private final String other = UUID.randomUUID().toString().substring(0, 8);

    private final String board = "erased-" + other;

    private LaurelApi api;

    /** A closed day and a running one; what administrators did, and words that only this player has. */
    @BeforeEach
    void twoDays() {
        api = new LaurelApi(service);
        clock.stopAt(Instant.parse("2023-06-13T20:00:00Z"));
        api.putBoard(board, "{\"title\":\"Erased\",\"periods\":[\"DAILY\",\"ALL_TIME\",\"LAST_7_DAYS\"]}")
                .expect(201);
        api.put(
                        player,
                        "{\"displayName\":\"Secret " + unique + "\",\"attributes\":{\"mail\":\"" + unique
                                + "@x.org\"}}")
                .expect(201);
        score(ann, 9);
        score("bob", 5);
        clock.stopAt(Instant.parse("2023-06-14T00:10:00Z"));
        OnEventLoop.await(rollover::closeDue);
        score(ann, 9);
        score("bob", 5);
        String decision = "\"reason\":\"About " + unique + "\",\"author\":\"referee\"}";
        api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments",
                        "{\"playerId\":\"" + ann + "\",\"score\":1," + decision)
                .expect(200);
        api.put(
                        "/api/v1/admin/boards/" + board + "/rankings/all_time/players/" + ann + "/disqualification",
                        "{" + decision)
                .expect(200);
        elsewhere();
    }

    private void elsewhere() {
        String group = "/api/v1/groups/class/" + other;
        api.put(group, "{\"title\":\"7b\"}").expect(201);
        api.post(group + "/members", "{\"change\":\"ADD\",\"playerIds\":[\"" + ann + "\",\"bob\"]}")
                .expect(200);
        api.put("/api/v1/groups/class/left-" + other, "{\"title\":\"Left\"}").expect(201);
        String member = "/api/v1/groups/class/left-" + other + "/members/" + ann;
        api.put(member, "{\"joinedAt\":\"2023-01-01T00:00:00Z\"}");
        api.delete(member).expect(204);
        api.put(player + "/friends", "{\"friends\":[\"bob\"]}").expect(200);
        api.put("/api/v1/players/bob/friends", "{\"friends\":[\"" + ann + "\"]}")
                .expect(200);
        api.putBoard("points-" + other, "{\"title\":\"Points\",\"periods\":[\"ALL_TIME\"]}")
                .expect(201);
        api.put(
                        "/api/v1/challenges/" + other,
                        "{\"title\":\"Reverse\",\"board\":\"points-" + other
                                + "\",\"variants\":{\"easy\":{\"points\":10}}}")
                .expect(201);
        api.putBoard("held-" + other, "{\"title\":\"Held\",\"plausibility\":{\"maxScore\":5,\"maxSumPerDay\":9}}")
                .expect(201);
        api.submit(
                        "held-" + other,
                        "{\"playerId\":\"%s\",\"score\":6,\"attributes\":{\"by\":\"%s\"}}".formatted(ann, unique))
                .expect(202);
        api.submit("held-" + other, "{\"playerId\":\"%s\",\"score\":5}".formatted(ann))
                .expect(200);
        for (boolean cleared : List.of(true, false)) {
            api.post(
                            "/api/v1/challenges/" + other + "/easy/submissions",
                            "{\"playerId\":\"" + ann + "\",\"content\":\"By " + unique + "\",\"cleared\":" + cleared
                                    + ",\"attempt\":{\"by\":\"" + unique + "\"}}")
                    .expect(200);
        }
    }

    @AfterEach
    void goOn() {
        clock.reset();
    }

    @Test
    void whatWouldBeLostIsSaidFirst() {
        Reply refused = api.delete(player + "?erase=true");

        assertProblem(refused, 409);
        assertThat(refused.json().path("code").asText()).isEqualTo("CONFIRMATION_REQUIRED");
        assertThat(refused.json().path("changes").findValuesAsText("field")).containsExactly("standings", "archives");
        assertThat(ranks("daily")).containsExactly(ann + " 1", "bob 2");
        api.get(player).expect(200);
    }

    @Test
    @DisplayName("trap 20: nothing of an erased player is shown or kept")
    void nothingOfThePlayerIsShownOrKept() {
        JsonNode days = activity();

        api.delete(player + "?erase=true&confirm=true").expect(204);

        api.get(player).expect(404);
        assertThat(ranks("daily")).containsExactly("bob 1");
        assertThat(ranks("last_7_days")).containsExactly("bob 1");
        assertThat(ranks("daily?window=2023-06-13")).containsExactly("bob 2");
        api.get(LaurelApi.ranking(board, "daily") + "/players/" + ann).expect(404);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mentions(unique)).isEmpty());
        assertThat(ranks("daily?window=2023-06-13")).containsExactly("bob 2");
        assertThat(ranks("daily")).containsExactly("bob 1");
        assertThat(activity()).isEqualTo(days);
        assertThat(api.get("/api/v1/groups/class/" + other + "/members")
                        .expect(200)
                        .json()
                        .findValuesAsText("playerId"))
                .containsExactly("bob");
        assertThat(api.get("/api/v1/challenges/cleared").expect(200).text()).doesNotContain(ann);
        api.delete(player + "?erase=true").expect(404);
        comesBack();
    }

    /** With the next score, the player begins again. */
    private void comesBack() {
        score(ann, 2);

        assertThat(ranks("daily")).containsExactly("bob 1", ann + " 2");
        assertThat(ranks("all_time")).containsExactly("bob 1", ann + " 2");
        JsonNode own = api.get(LaurelApi.ranking(board, "last_7_days") + "/players/" + ann)
                .expect(200)
                .json();
        assertThat(own.path("score").asInt()).isEqualTo(2);
    }

    @Test
    void aRecordWithoutScoresNeedsNoConfirmation() {
        String nobody = "/api/v1/players/other-" + unique;
        api.put(nobody, "{\"displayName\":\"Other\"}").expect(201);

        api.delete(nobody + "?erase=true").expect(204);

        api.get(nobody).expect(404);
        api.delete(nobody + "?erase=maybe").expect(422);
    }

    @Test
    void whoHasOnlyFriendsCanBeErasedToo() {
        String nobody = "/api/v1/players/alone-" + unique;
        api.put(nobody + "/friends", "{\"friends\":[\"bob\"]}").expect(200);

        api.delete(nobody + "?erase=true").expect(204);

        awaitDone("alone-" + unique);
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM friend WHERE player_id = ? OR friend_id = ?",
                        "alone-" + unique,
                        "alone-" + unique))
                .isZero();
    }

    @Test
    void whoHasOnlyHeldEventsCanBeErasedToo() {
        api.submit("held-" + other, "{\"playerId\":\"held-%s\",\"score\":6}".formatted(unique))
                .expect(202);

        api.delete("/api/v1/players/held-" + unique + "?erase=true").expect(204);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mentions("held-" + unique)).isEmpty());
    }

    /** As if the process had died between the two. */
    @Test
    void anErasureThatWasOnlyBegunTakesTheRecordToo() {
        StoredRows.number("SELECT count(*) FROM (SELECT begin_erasure(1::smallint, ?, now())) b", ann);
        StoredRows.change("UPDATE unranked_change SET since = '-infinity' WHERE player_id = ?", ann);

        await().atMost(PATIENCE).untilAsserted(() -> api.get(player).expect(404));
        awaitDone(ann);
    }

    private static void awaitDone(String player) {
        await().atMost(PATIENCE)
                .until(() -> StoredRows.number("SELECT count(*) FROM erasure WHERE player_id = ?", player) == 0);
    }

    /**
     * The tables in which a text occurs, when the minute has passed for which changes are kept: they tell other processes
     * what to evict.
     */
    private static List<String> mentions(String text) {
        for (String changes : List.of("segment_change", "player_change", "challenge_change")) {
            StoredRows.change(
                    "UPDATE " + changes + " t SET changed_at = now() - interval '61 seconds'"
                            + " WHERE t::text LIKE ? AND changed_at > now() - interval '60 seconds'",
                    "%" + text + "%");
        }
        List<String> found = new ArrayList<>();
        for (Object table : StoredRows.column(TABLES)) {
            if (StoredRows.number("SELECT count(*) FROM " + table + " t WHERE t::text LIKE ?", "%" + text + "%") > 0) {
                found.add(table.toString());
            }
        }
        return found;
    }

    private JsonNode activity() {
        return api.get("/api/v1/boards/" + board + "/activity?from=2023-06-13&to=2023-06-14")
                .expect(200)
                .json()
                .path("days");
    }

    private List<String> ranks(String ranking) {
        List<String> ranks = new ArrayList<>();
        api.get("/api/v1/boards/" + board + "/rankings/" + ranking)
                .expect(200)
                .json()
                .path("entries")
                .forEach(entry -> ranks.add(entry.path("playerId").asText() + " "
                        + entry.path("rank").asLong()));
        return ranks;
    }

    private void score(String who, int score) {
        api.submit(
                        board,
                        "{\"playerId\":\"%s\",\"score\":%d,\"eventId\":\"%s-%d\",\"attributes\":{\"note\":\"by %s\"}}"
                                .formatted(who, score, who, clock.millis(), who))
                .expect(200);
    }
}
