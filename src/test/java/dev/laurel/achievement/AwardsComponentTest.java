package dev.laurel.achievement;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Period;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Players get what they have reached, once, whenever it was defined; and lose what a correction takes from them. */
@QuarkusTest
class AwardsComponentTest extends AchievementScene {
    private static final String TIERS = ",\"tiers\":{\"gold\":1000,\"bronze\":50,\"silver\":100}";

    private final String ann = "ann-" + System.nanoTime();
    private final String bob = "bob-" + System.nanoTime();

    @Test
    void tiersAreReachedByTheInstantsOfEvents() {
        String board = putBoard(aBoard("tiers").allTime().lateDays(30));
        String before = achievement(total(board, "") + TIERS);

        score(board, ann, 70, "2024-05-14T12:00:00Z");
        score(board, ann, 60, "2024-05-13T12:00:00Z");
        score(board, bob, 55, "2024-05-14T11:00:00Z");

        awaitHolders(before, ann + ":bronze", bob + ":bronze", ann + ":silver");
        String after = achievement(total(board, "") + TIERS);
        awaitHolders(after, ann + ":bronze", bob + ":bronze", ann + ":silver");
        assertThat(reachedAt(before))
                .isEqualTo(reachedAt(after))
                .containsExactly("2024-05-13T12:00:00Z", "2024-05-14T11:00:00Z", "2024-05-14T12:00:00Z");
        JsonNode own = of(ann, before);
        assertThat(own.path("awards").findValuesAsText("tier")).containsExactlyInAnyOrder("bronze", "silver");
        assertThat(own.path("awards")
                        .path(0)
                        .path("ground")
                        .path(0)
                        .path("value")
                        .asInt())
                .isGreaterThan(50);
        assertThat(own.path("next").path("tier").asText()).isEqualTo("gold");
        assertThat(own.path("next").path("conditions").path(0).path("value").asInt())
                .isEqualTo(130);
        awaitFilled(after);
        assertThat(statistics(after).path("rarity").asDouble()).isEqualTo(1);
        assertThat(statistics(after).path("tiers").path(1).path("rarity").asDouble())
                .isEqualTo(0.5);
        assertThat(statistics(after).path("backFill").path("done").asInt()).isEqualTo(2);
        JsonNode counted = statistics(after);
        stand("2024-05-14T20:02:00Z");
        score(board, "late-" + ann, 5, "2024-05-14T20:01:00Z");
        assertThat(statistics(after)).as("counted for some minutes").isEqualTo(counted);
        assertThat(counted.path("asOf").asText()).isLessThan("2024-05-14T20:02");
    }

    private List<String> reachedAt(String achievement) {
        return api.get(path(achievement) + "/holders")
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("reachedAt");
    }

    @Test
    void aCorrectionTakesBackWhatIsRevocable() {
        String board = putBoard(aBoard("revoked").allTime().lateDays(30));
        String kept = achievement(total(board, ",\"min\":100"));
        String lost = achievement(total(board, ",\"min\":100") + ",\"revocable\":true");
        score(board, ann, 100, "2024-05-14T12:00:00Z");
        awaitHolders(lost, ann);
        awaitHolders(kept, ann);

        String adjustment = adjust(board, ann, -1);
        awaitHolders(lost);
        assertThat(holders(kept)).containsExactly(ann);

        undo(board, adjustment);
        awaitHolders(lost, ann);

        disqualify(board, ann);
        awaitHolders(lost);
        assertThat(StoredRows.number("SELECT count(*) FROM achievement_award WHERE player_id = ?", ann))
                .isEqualTo(1);
    }

    private String adjust(String board, String player, int score) {
        return api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments",
                        "{\"playerId\":\"%s\",\"score\":%d,\"reason\":\"test\",\"author\":\"ops\"}"
                                .formatted(player, score))
                .expect(200)
                .json()
                .path("adjustment")
                .asText();
    }

    private void undo(String board, String adjustment) {
        api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments/" + adjustment + "/undo",
                        "{\"reason\":\"test\",\"author\":\"ops\"}")
                .expect(200);
    }

    private void disqualify(String board, String player) {
        api.put(
                        "/api/v1/admin/boards/" + board + "/rankings/all_time/players/" + player + "/disqualification",
                        "{\"reason\":\"test\",\"author\":\"ops\"}")
                .expect(200);
    }

    @Test
    @DisplayName("trap 30: nothing that is reached on a frozen board is awarded or told until it is revealed")
    void aFrozenBoardAwardsNothing() {
        String board = putBoard(aBoard("icy").allTime().lateDays(30));
        String tiers = achievement(total(board, "") + TIERS);
        String secret = achievement(total(board, ",\"min\":60") + ",\"secret\":true");
        score(board, ann, 50, "2024-05-14T12:00:00Z");
        awaitHolders(tiers, ann + ":bronze");
        awaitFilled(secret);
        assertThat(of(ann, secret).isMissingNode()).isTrue();

        api.put("/api/v1/boards/" + board + "/freeze", "").expect(201);
        stand("2024-05-14T20:00:10Z");
        JsonNode frozen = statistics(tiers);
        score(board, ann, 50, "2024-05-14T20:00:10Z");
        score(board, bob, 50, "2024-05-14T20:00:10Z");
        String later = achievement(total(board, "") + TIERS);

        awaitPassed("achievements", board);
        awaitTrue(() -> StoredRows.number("SELECT count(*) FROM achievement_order") == 0);
        assertThat(holders(tiers)).containsExactly(ann + ":bronze");
        assertThat(holders(later)).isEmpty();
        assertThat(statistics(tiers).has("rarity")).isFalse();
        assertThat(statistics(tiers).path("backFill")).isEqualTo(frozen.path("backFill"));
        assertThat(statistics(later).path("backFill").path("state").asText()).isEqualTo("WAITING");
        assertThat(of(bob, tiers).has("next")).isFalse();

        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);

        awaitHolders(later, ann + ":bronze", ann + ":silver", bob + ":bronze");
        awaitHolders(tiers, ann + ":bronze", ann + ":silver", bob + ":bronze");
        awaitHolders(secret, ann);
        assertThat(of(ann, secret).path("secret").asBoolean()).isTrue();
    }

    @Test
    void theFirstAreThoseWithTheEarliestInstants() {
        String board = putBoard(aBoard("first").allTime().lateDays(30));
        String first = achievement(total(board, ",\"min\":10") + ",\"first\":1");
        score(board, bob, 10, "2024-05-14T12:00:00Z");
        awaitHolders(first, bob);

        score(board, ann, 10, "2024-05-14T11:00:00Z");

        awaitHolders(first, ann);
        assertThat(of(bob, first).path("awards")).isEmpty();
    }

    @Test
    void aWindowMayBeAwardedAndAPlaceInAClosedOne() {
        String board = putBoard(aBoard("weeks").daily());
        String daily = achievement(total(board, ",\"min\":10") + ",\"repeats\":\"DAILY\"");
        String winner =
                achievement("\"rule\":{\"measure\":\"FINAL_RANK\",\"board\":\"%s\",\"period\":\"DAILY\",\"max\":1}"
                        .formatted(board));
        String upper = achievement(
                "\"rule\":{\"measure\":\"FINAL_PERCENTILE\",\"board\":\"%s\",\"min\":50},\"repeats\":\"DAILY\""
                        .formatted(board));
        score(board, ann, 10, "2024-05-14T19:59:00Z");
        score(board, bob, 20, "2024-05-14T19:59:30Z");
        stand("2024-05-15T00:00:01Z");
        score(board, ann, 10, "2024-05-15T00:00:01Z");
        awaitHolders(daily, ann + "@2024-05-14", bob + "@2024-05-14", ann + "@2024-05-15");
        assertThat(holders(winner)).isEmpty();

        stand("2024-05-15T00:10:00Z");
        closeDue();

        awaitHolders(winner, bob);
        awaitHolders(upper, bob + "@2024-05-14");
        assertThat(reachedAt(winner)).containsExactly("2024-05-15T00:00:00Z");
        assertThat(of(ann, daily).path("awards").path(0).path("times").asInt()).isEqualTo(2);
    }

    @Test
    void onlyMembersOfItsSegmentHaveIt() {
        String board = putBoard(aBoard("classes").allTime().lateDays(30));
        String group = "g" + System.nanoTime();
        api.put("/api/v1/groups/class/" + group, "{\"title\":\"7b\"}").expect(201);
        String own = achievement(total(board, ",\"min\":1") + ",\"segment\":\"class:" + group + "\"");
        score(board, ann, 1, "2024-05-14T12:00:00Z");
        awaitFilled(own);
        assertThat(holders(own)).isEmpty();

        api.put("/api/v1/groups/class/" + group + "/members/" + ann, "").expect(201);

        awaitHolders(own, ann);
    }

    @Test
    void hiddenPlayersAreOnNoListAndErasedOnesHaveNothing() {
        String board = putBoard(aBoard("hidden").allTime().lateDays(30));
        String reached = achievement(total(board, ",\"min\":1"));
        score(board, ann, 1, "2024-05-14T12:00:00Z");
        awaitHolders(reached, ann);

        api.put("/api/v1/players/" + ann, "{\"displayName\":\"Ann\",\"visibility\":\"HIDDEN\"}")
                .expect(201);
        awaitHolders(reached);
        assertThat(of(ann, reached).path("awards")).isEmpty();
        assertThat(of(ann, reached).path("next").path("conditions").path(0).has("value"))
                .isFalse();

        api.patch("/api/v1/players/" + ann, "{\"visibility\":\"PUBLIC\"}").expect(200);
        awaitHolders(reached, ann);
        assertThat(api.get("/api/v1/admin/players/" + ann + "/export")
                        .expect(200)
                        .text())
                .contains(reached);

        api.delete("/api/v1/players/" + ann + "?erase=true&confirm=true").expect(204);
        await().atMost(PATIENCE)
                .until(() -> StoredRows.number("SELECT count(*) FROM achievement_award WHERE player_id = ?", ann) == 0);
        awaitHolders(reached);
    }

    @Test
    void severalConditionsAndATime() {
        String board = putBoard(aBoard("several").allTime().lateDays(30));
        String other = putBoard(aBoard("other").best().ascending().allTime().lateDays(30));
        String all = achievement("""
                "rule":{"all":[{"measure":"TOTAL","board":"%s","min":10},{"measure":"SCORE","board":"%s","max":60}]}""".formatted(board, other));
        String any = achievement("""
                "rule":{"any":[{"measure":"TOTAL","board":"%s","min":10},{"measure":"SCORE","board":"%s","max":60}]},
                "validTo":"2024-05-14T12:00:00Z\"""".formatted(board, other));
        score(board, ann, 10, "2024-05-14T11:00:00Z");
        score(other, bob, 60, "2024-05-14T12:00:00Z");
        awaitHolders(any, ann);
        assertThat(holders(all)).isEmpty();

        score(other, ann, 59, "2024-05-14T13:00:00Z");

        awaitHolders(all, ann);
        assertThat(reachedAt(all)).containsExactly("2024-05-14T13:00:00Z");
        assertThat(api.top(board, Period.ALL_TIME, "")
                        .expect(200)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void clearedChallengesCountUntilTheyAreWithdrawn() {
        String board = putBoard(aBoard("levels").allTime());
        String challenge = "/api/v1/challenges/" + board;
        api.put(challenge, """
                {"title":"Level","board":"%s","tags":["loops"],"variants":{"easy":{"points":1},"hard":{"points":2}}}""".formatted(board)).expect(201);
        String both = achievement("""
                "rule":{"measure":"CHALLENGES","board":"%s","tag":"loops","min":2},"revocable":true""".formatted(board));
        clear(challenge, "easy");
        String submission = clear(challenge, "hard");
        awaitHolders(both, "ann");

        api.send(
                        "DELETE",
                        challenge + "/hard/submissions/" + submission,
                        "{\"reason\":\"Copied\",\"author\":\"judge\"}")
                .expect(204);

        awaitHolders(both);
        api.delete(challenge);
    }

    private String clear(String challenge, String variant) {
        return api.post(
                        challenge + "/" + variant + "/submissions",
                        "{\"playerId\":\"ann\",\"content\":\"a\",\"cleared\":true}")
                .expect(200)
                .json()
                .path("submission")
                .asText();
    }
}
