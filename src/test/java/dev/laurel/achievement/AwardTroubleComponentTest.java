package dev.laurel.achievement;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Awards when a window is reset, and when something is in the way of giving them. */
@QuarkusTest
class AwardTroubleComponentTest extends AchievementScene {
    private static final String WHY = "{\"reason\":\"test\",\"author\":\"ops\"}";

    private final String ann = "ann-" + System.nanoTime();
    private final String bob = "bob-" + System.nanoTime();

    @Test
    void aResetWindowIsAnotherOne() {
        String board = putBoard(aBoard("resets").daily());
        String total = repeated("TOTAL", board, 10);
        String one = repeated("EVENTS", board, 1);
        String two = repeated("EVENTS", board, 2);
        score(board, ann, 10, "2024-05-14T19:58:00Z");
        score(board, bob, 10, "2024-05-14T19:59:00Z");
        awaitHolders(total, ann + "@2024-05-14", bob + "@2024-05-14");

        stand("2024-05-14T20:00:05Z");
        api.post("/api/v1/admin/boards/" + board + "/windows/daily/reset", WHY).expect(200);
        String closed = "@2024-05-14#1";
        awaitHolders(total, ann + closed, bob + closed);
        stand("2024-05-14T20:00:10Z");
        score(board, ann, 10, "2024-05-14T20:00:10Z");

        awaitHolders(total, ann + closed, bob + closed, ann + "@2024-05-14");
        awaitHolders(one, ann + closed, bob + closed, ann + "@2024-05-14");
        assertThat(of(ann, one).path("awards").path(0).path("times").asInt()).isEqualTo(2);
        String later = repeated("TOTAL", board, 10);
        String laterOne = repeated("EVENTS", board, 1);
        String laterTwo = repeated("EVENTS", board, 2);
        awaitFilled(laterTwo);
        awaitHolders(later, ann + closed, bob + closed, ann + "@2024-05-14");
        awaitHolders(laterOne, ann + closed, bob + closed, ann + "@2024-05-14");
        assertThat(holders(two)).isEmpty();
        assertThat(holders(laterTwo)).isEmpty();
    }

    private String repeated(String measure, String board, int min) {
        return achievement(
                "\"rule\":{\"measure\":\"%s\",\"board\":\"%s\",\"min\":%d},\"repeats\":\"DAILY\",\"revocable\":true"
                        .formatted(measure, board, min));
    }

    @Test
    void anAcceptedEventMovesPlacesInClosedWindows() {
        String board = putBoard(aBoard("held").daily());
        api.patch("/api/v1/boards/" + board, "{\"plausibility\":{\"maxScore\":100}}")
                .expect(200);
        String winner = achievement(
                "\"rule\":{\"measure\":\"FINAL_RANK\",\"board\":\"%s\",\"max\":1},\"repeats\":\"DAILY\",\"revocable\":true"
                        .formatted(board));
        String total = repeated("TOTAL", board, 200);
        score(board, ann, 40, "2024-05-14T19:58:00Z");
        api.submit(board, ScoreEvent.of(bob, "900").at("2024-05-14T19:59:00Z").withId("big"))
                .expect(202);
        stand("2024-05-15T00:10:00Z");
        closeDue();
        awaitHolders(winner, ann + "@2024-05-14");
        assertThat(holders(total)).isEmpty();

        String held = "/api/v1/admin/boards/" + board + "/held";
        long event = api.get(held)
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asLong();
        api.post(held + "/" + event + "/accept", WHY).expect(200);

        awaitHolders(winner, bob + "@2024-05-14");
        awaitHolders(total, bob + "@2024-05-14");
    }

    @Test
    void aSearchThatFailsStopsNoOther() {
        String board = putBoard(aBoard("stuck").allTime().lateDays(30));
        String other = putBoard(aBoard("smooth").allTime().lateDays(30));
        score(board, ann, 10, "2024-05-14T12:00:00Z");
        score(other, bob, 10, "2024-05-14T12:00:00Z");
        awaitHolders(achievement(total(board, ",\"min\":1")), ann);
        StoredRows.change(
                "ALTER TABLE achievement_award ADD CONSTRAINT never CHECK (player_id <> '" + ann + "') NOT VALID");
        try {
            String failing = achievement(total(board, ",\"min\":2"));
            awaitTrue(() -> StoredRows.number(
                            "SELECT count(*) FROM achievement_fill f JOIN achievement a ON a.number = f.achievement"
                                    + " WHERE a.id = ? AND f.failures > 0",
                            failing)
                    == 1);
            String smooth = achievement(total(other, ",\"min\":2"));
            awaitHolders(smooth, bob);
            awaitFilled(smooth);
            assertThat(holders(failing)).isEmpty();
            StoredRows.change("ALTER TABLE achievement_award DROP CONSTRAINT never");
            awaitHolders(failing, ann);
        } finally {
            StoredRows.change("ALTER TABLE achievement_award DROP CONSTRAINT IF EXISTS never");
        }
    }
}
