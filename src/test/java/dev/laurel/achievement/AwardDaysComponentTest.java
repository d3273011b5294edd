package dev.laurel.achievement;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.stream.StreamSupport;

/** Awards by the days of players follow the days, however late these are counted. */
@QuarkusTest
class AwardDaysComponentTest extends AchievementScene {
    private static final String PASS = """
            WITH late AS (
                SELECT e.* FROM score_event e JOIN board b ON b.id = e.board_id AND b.name = ? ORDER BY e.tx DESC, e.id DESC LIMIT 1),
            passed AS (
                UPDATE follower f SET tx = l.tx, id = l.id FROM late l WHERE f.name = 'activity' AND f.shard = (l.board_id & 15))
            INSERT INTO follower_item (name, feed, shard, board_id, tx, item, failure)
            SELECT 'activity', 'EVENTS', l.board_id & 15, l.board_id, l.tx, l.id, 'test' FROM late l""";

    private static final String WHY = "{\"reason\":\"test\",\"author\":\"ops\"}";

    private final String ann = "ann-" + System.nanoTime();

    @AfterEach
    void countAgain() {
        StoredRows.change("UPDATE follower SET retry_at = NULL WHERE name = 'activity'");
    }

    /** No days are counted from now on, as if that follower were slow. */
    private static void holdDays(String board) {
        StoredRows.change(
                "UPDATE follower f SET retry_at = 'infinity' FROM board b"
                        + " WHERE f.name = 'activity' AND b.name = ? AND f.shard = (b.id & 15)",
                board);
    }

    private static String events(String board, int min, String more) {
        return "\"rule\":{\"measure\":\"EVENTS\",\"board\":\"%s\",\"min\":%d}%s".formatted(board, min, more);
    }

    @Test
    void awardsWaitForTheDaysAndReachWindowsThatWereClosedMeanwhile() {
        String board = putBoard(aBoard("waiting").daily());
        score(board, ann, 5, "2024-05-14T19:57:00Z");
        String daily = achievement(events(board, 2, ",\"repeats\":\"DAILY\""));
        awaitFilled(daily);
        awaitPassed("achievements", board);

        holdDays(board);
        score(board, ann, 5, "2024-05-14T19:58:00Z");
        String later = achievement(events(board, 2, ",\"repeats\":\"DAILY\""));
        awaitPassed("board-days", board);
        stand("2024-05-15T00:10:00Z");
        closeDue();
        assertThat(hasPassed("achievements", board)).isFalse();
        assertThat(holders(daily)).isEmpty();
        assertThat(statistics(later).path("backFill").path("state").asText()).isNotEqualTo("DONE");

        countAgain();

        awaitHolders(daily, ann + "@2024-05-14");
        awaitHolders(later, ann + "@2024-05-14");
        assertThat(of(ann, daily).path("awards").path(0).path("reachedAt").asText())
                .isEqualTo("2024-05-14T19:58:00Z");
    }

    @Test
    void anItemThatWasPutAsideIsAwardedAndShownOnceItIsCounted() {
        String board = putBoard(aBoard("aside").allTime().lateDays(30));
        String two = achievement(events(board, 2, ""));
        score(board, ann, 5, "2024-05-14T12:00:00Z");
        awaitPassed("achievements", board);
        awaitTrue(() -> events(ann, board) == 1);

        holdDays(board);
        score(board, ann, 5, "2024-05-14T13:00:00Z");
        StoredRows.change(PASS, board);
        countAgain();
        awaitPassed("achievements", board);
        assertThat(holders(two)).isEmpty();
        assertThat(events(ann, board)).isEqualTo(1);

        String items = "/api/v1/admin/followers/activity/items";
        JsonNode aside = StreamSupport.stream(
                        api.get(items + "?limit=200")
                                .expect(200)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(item -> board.equals(item.path("board").asText()))
                .findFirst()
                .orElseThrow();
        api.post(items + "/" + aside.path("item").asLong() + "/retry", "").expect(200);
        awaitHolders(two, ann);
        awaitTrue(() -> events(ann, board) == 2);
    }

    private int events(String player, String board) {
        return api.get("/api/v1/players/" + player + "/analytics/summary?board=" + board)
                .expect(200)
                .json()
                .path("events")
                .asInt();
    }

    @Test
    void whatAFreezeHeldBackIsAwardedOnceItIsCounted() {
        String board = putBoard(aBoard("thaw").allTime().lateDays(30));
        String two = achievement(events(board, 2, ",\"revocable\":true"));
        score(board, ann, 5, "2024-05-14T12:00:00Z");
        api.put("/api/v1/boards/" + board + "/freeze", "").expect(201);
        stand("2024-05-14T20:00:10Z");
        score(board, ann, 5, "2024-05-14T20:00:05Z");
        awaitPassed("achievements", board);

        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);

        awaitHolders(two, ann);
        assertThat(of(ann, two).path("awards").path(0).path("reachedAt").asText())
                .isEqualTo("2024-05-14T20:00:05Z");
    }

    @Test
    void aHeldEventThatIsAcceptedIsCountedFirst() {
        String board = putBoard(aBoard("held").daily());
        api.patch("/api/v1/boards/" + board, "{\"plausibility\":{\"maxScore\":100}}")
                .expect(200);
        String daily = achievement(events(board, 2, ",\"repeats\":\"DAILY\",\"revocable\":true"));
        score(board, ann, 5, "2024-05-14T19:57:00Z");
        api.submit(board, ScoreEvent.of(ann, "900").at("2024-05-14T19:58:00Z").withId("big"))
                .expect(202);
        stand("2024-05-15T00:10:00Z");
        closeDue();
        awaitPassed("achievements", board);

        holdDays(board);
        String held = "/api/v1/admin/boards/" + board + "/held";
        long event = api.get(held)
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asLong();
        api.post(held + "/" + event + "/accept", WHY).expect(200);
        awaitPassed("board-days", board);
        assertThat(holders(daily)).isEmpty();
        countAgain();

        awaitHolders(daily, ann + "@2024-05-14");
    }
}
