package dev.laurel.achievement;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.achievement.AwardOracle.Award;
import dev.laurel.achievement.AwardOracle.Event;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Awards over random events in random order, while the transactions that give them are killed, and with everything once more:
 * the same as a plain loop over the events, each once, whether an achievement was there before them or came later. {@code
 * -Dlaurel.achievement.events=100000 -Dlaurel.achievement.kills=50} is the long form.
 */
@QuarkusTest
class AwardHistoryComponentTest extends AchievementScene {
    private static final int EVENTS = Integer.getInteger("laurel.achievement.events", 1_500);
    private static final int KILLS = Integer.getInteger("laurel.achievement.kills", 5);
    private static final int BATCH = 250;
    private static final Duration LONG = Duration.ofSeconds(60 + EVENTS / 100);

    /** Whatever is being decided at the moment is interrupted like by the death of its process. */
    private static final String KILL = """
            SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity a
            WHERE a.pid <> pg_backend_pid() AND a.query LIKE '%achievement%' AND a.state <> 'idle'""";

    private static final String REPLAY =
            "UPDATE follower SET tx = '0', id = 0 WHERE name = 'achievements' AND shard = ?";

    private static final String BEHIND = """
            SELECT (SELECT count(*) FROM achievement_order) + (SELECT count(*) FROM achievement_due)
                + (SELECT count(*) FROM follower f WHERE f.name = 'achievements' AND f.shard = ? AND EXISTS (
                    SELECT FROM score_event e WHERE (e.board_id & 15) = f.shard AND (e.tx, e.id) > (f.tx, f.id)))""";

    @Test
    void awardsAreTheSameWhateverHappens() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        String board = putBoard(aBoard("history").daily().allTime().lateDays(40));
        int shard = (int) StoredRows.number("SELECT id & 15 FROM board WHERE name = ?", board);
        int players = Math.max(20, EVENTS / 50);
        List<Event> events = AwardOracle.random(EVENTS, players, clock.instant(), random);
        Map<String, List<Award>> before = define(board, new AwardOracle(events));

        for (int sent = 0; sent < EVENTS; sent += BATCH) {
            submit(board, events.subList(sent, Math.min(EVENTS, sent + BATCH)));
            kill(sent);
        }
        Map<String, List<Award>> later = define(board, new AwardOracle(events));
        awaitDone(shard, before.keySet());
        awaitDone(shard, later.keySet());
        check(seed, before);
        check(seed, later);

        StoredRows.change(REPLAY, shard);
        submit(board, events.subList(0, 1));
        kill(0);
        awaitDone(shard, before.keySet());
        check(seed, before);
    }

    private void submit(String board, List<Event> events) {
        String lines = events.stream().map(Event::json).collect(Collectors.joining("\n"));
        JsonNode results = api.postAs("/api/v1/boards/" + board + "/scores/batch", "application/x-ndjson", lines)
                .expect(200)
                .json()
                .path("results");
        assertThat(results.findValuesAsText("status")).doesNotContain("FAILED", "REJECTED");
    }

    /** Spread over all batches. */
    private static void kill(int sent) {
        int every = Math.max(1, EVENTS / BATCH / KILLS);
        if (sent / BATCH % every == 0) {
            StoredRows.number(KILL);
        }
    }

    /** By the id of the achievement what is expected of it. */
    private Map<String, List<Award>> define(String board, AwardOracle oracle) {
        Map<String, List<Award>> expected = new LinkedHashMap<>();
        List<Award> tiers = new ArrayList<>(oracle.total("bronze", 20));
        tiers.addAll(oracle.total("gold", 200));
        expected.put(
                achievement(total(board, "") + ",\"revocable\":true,\"tiers\":{\"gold\":200,\"bronze\":20}"), tiers);
        expected.put(
                achievement(total(board, ",\"min\":15") + ",\"revocable\":true,\"repeats\":\"DAILY\""),
                oracle.dailyTotal(15));
        expected.put(
                achievement(total(board, ",\"min\":100") + ",\"revocable\":true,\"first\":3"),
                AwardOracle.first(oracle.total("", 100), 3));
        expected.put(achievement(rule("EVENTS", board, ",\"min\":40")), oracle.events(40));
        expected.put(achievement(rule("STREAK_DAYS", board, ",\"min\":4")), oracle.streak(4));
        expected.put(achievement(rule("OUTCOMES", board, ",\"tag\":\"loops\",\"min\":5")), oracle.outcomes("loops", 5));
        expected.put(
                achievement("""
                        "rule":{"all":[{"measure":"TOTAL","board":"%1$s","min":150},
                                       {"measure":"OUTCOMES","board":"%1$s","tag":"lists","min":4}]},"revocable":true""".formatted(board)),
                AwardOracle.both(oracle.total("", 150), oracle.outcomes("lists", 4)));
        return expected;
    }

    private static String rule(String measure, String board, String more) {
        return "\"rule\":{\"measure\":\"%s\",\"board\":\"%s\"%s}".formatted(measure, board, more);
    }

    private void awaitDone(int shard, Iterable<String> achievements) {
        await().atMost(LONG).until(() -> StoredRows.number(BEHIND, shard) == 0);
        for (String one : achievements) {
            await().atMost(LONG).until(() -> statistics(one)
                    .path("backFill")
                    .path("state")
                    .asText()
                    .equals("DONE"));
        }
    }

    private void check(long seed, Map<String, List<Award>> expected) {
        expected.forEach(
                (achievement, awards) -> await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored(achievement))
                        .as("seed %d: %s", seed, api.get(path(achievement)).text())
                        .containsExactlyInAnyOrderElementsOf(awards)));
    }

    private List<Award> stored(String achievement) {
        List<Award> all = new ArrayList<>();
        long pages = 1;
        for (int page = 1; page <= pages; page++) {
            JsonNode found = api.get(path(achievement) + "/holders?limit=200&page=" + page)
                    .expect(200)
                    .json();
            pages = found.path("pagination").path("pages").asLong();
            StreamSupport.stream(found.path("items").spliterator(), false)
                    .forEach(one -> all.add(new Award(
                            one.path("playerId").asText(),
                            one.path("tier").asText(),
                            one.path("window").asText(),
                            Instant.parse(one.path("reachedAt").asText()))));
        }
        return all;
    }
}
