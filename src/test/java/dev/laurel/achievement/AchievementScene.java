package dev.laurel.achievement;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import org.junit.jupiter.api.AfterEach;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;

/** Achievements of a test, which are gone after it. */
abstract class AchievementScene extends RolloverScene {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String PASSED = """
            SELECT count(*) FROM follower f JOIN board b ON b.name = ? AND f.shard = (b.id & 15) AND f.name = ?
            WHERE NOT EXISTS (SELECT FROM score_event e
                              WHERE (e.board_id & 15) = f.shard AND (e.tx, e.id) > (f.tx, f.id) AND e.board_id = b.id)""";

    private final List<String> defined = new ArrayList<>();

    @AfterEach
    void noAchievements() {
        defined.forEach(one -> api.delete(path(one)));
    }

    static String path(String achievement) {
        return "/api/v1/achievements/" + achievement;
    }

    /** Defines one; the text has the fields besides the title. */
    String achievement(String fields) {
        String id = "a-" + UUID.randomUUID().toString().substring(0, 8);
        defined.add(id);
        api.put(path(id), "{\"title\":\"Title\"," + fields + "}").expect(201);
        return id;
    }

    static String total(String board, String more) {
        return "\"rule\":{\"measure\":\"TOTAL\",\"board\":\"" + board + "\"" + more + "}";
    }

    void score(String board, String player, int score, String instant) {
        api.submit(board, ScoreEvent.of(player, Integer.toString(score)).at(instant))
                .expect(200);
    }

    /** The awards of an achievement as player:tier, in the order of the list. */
    List<String> holders(String achievement) {
        return StreamSupport.stream(
                        api.get(path(achievement) + "/holders?limit=200")
                                .expect(200)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .map(one -> one.path("playerId").asText()
                        + (one.has("tier") ? ":" + one.path("tier").asText() : "")
                        + (one.has("window") ? "@" + one.path("window").asText() : ""))
                .toList();
    }

    void awaitHolders(String achievement, String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(holders(achievement))
                .containsExactly(expected));
    }

    void awaitTrue(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }

    /** Once a follower has come to the end of a board's events. */
    void awaitPassed(String follower, String board) {
        awaitTrue(() -> hasPassed(follower, board));
    }

    static boolean hasPassed(String follower, String board) {
        return StoredRows.number(PASSED, board, follower) == 1;
    }

    JsonNode statistics(String achievement) {
        return api.get(path(achievement) + "/statistics").expect(200).json();
    }

    /** Once all players have been looked at. */
    void awaitFilled(String achievement) {
        awaitTrue(() ->
                statistics(achievement).path("backFill").path("state").asText().equals("DONE"));
    }

    /** An achievement as it stands for a player. */
    JsonNode of(String player, String achievement) {
        Reply reply = api.get("/api/v1/players/" + LaurelApi.segment(player) + "/achievements");
        return StreamSupport.stream(reply.expect(200).json().path("items").spliterator(), false)
                .filter(one -> one.path("achievement").asText().equals(achievement))
                .findFirst()
                .orElse(reply.json().path("none"));
    }
}
