package dev.laurel.ranking.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Rollover;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.StoredRows;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Baselines and the running season are kept for minutes, and no longer than until anything changes them, in whatever process. */
@QuarkusTest
class SeasonCachesComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    RedisDataSource redis;

    @Inject
    Rollover rollover;

    private final String board = "kept-" + UUID.randomUUID();
    private final String ann = "ann-" + UUID.randomUUID();
    private final String path = "/api/v1/boards/" + board;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private LaurelApi api;
    private PubSubCommands<String> channel;

    @BeforeEach
    void aSeasonWithAPlayer() {
        api = new LaurelApi(service);
        channel = redis.pubsub(String.class);
        api.put(path, """
                {"title":"Kept","operator":"LATEST","metrics":["power","kills"],"periods":["SEASON"],"lateness":"PT0S",
                 "derivedMetrics":[{"name":"gained","gainOf":"kills"}]}""").expect(201);
        putSeason("First");
        api.submit(board, "{\"playerId\":\"" + ann + "\",\"score\":5,\"metrics\":{\"kills\":100}}")
                .expect(200);
        setBaseline(40);
    }

    @Test
    void aChangeByThisProcessShowsAtOnce() {
        assertThat(shown()).isEqualTo(40);
        setBaseline(50);
        assertThat(shown()).isEqualTo(50);
        setBaseline(null);
        assertThat(shown()).isZero();
        setBaseline(60);
        assertThat(shown()).isEqualTo(60);

        assertThat(title()).isEqualTo("First");
        putSeason("Second");
        assertThat(title()).isEqualTo("Second");
        api.patch(path, "{\"metrics\":[\"power\",\"kills\",\"deaths\"]}").expect(200);
        assertThat(shown()).isEqualTo(60);
        api.post(path + "/seasons/s1/end", "").expect(200);
        api.get(path + "/seasons/active").expect(404);
    }

    /** A player's page of a closed season is found again, until a decision changes the archive, the player or who takes a rank. */
    @Test
    void aPageOfAClosedSeasonIsKeptUntilAnythingChangesIt() {
        api.post(path + "/seasons/s1/end", "").expect(200);
        await().atMost(PATIENCE).until(() -> {
            OnEventLoop.await(rollover::closeDue);
            return page().path("source").asText().equals("ARCHIVE");
        });
        await().atMost(PATIENCE).until(() -> {
            page();
            return hits("season-pages", this::page);
        });
        assertThat(page().at("/ranks/gained/rank").asInt()).isOne();

        api.put(
                        path + "/seasons/s1/baseline?reason=late&author=test&closedWindows=REWRITE",
                        "{\"players\":[{\"playerId\":\"" + ann + "\",\"values\":{}}]}")
                .expect(200);
        assertThat(page().at("/ranks/gained").isMissingNode()).isTrue();
        api.put("/api/v1/players/" + ann, "{\"displayName\":\"" + board + "\"}");
        assertThat(page().path("displayName").asText()).isEqualTo(board);
        decide("/disqualification", "PUT");
        assertThat(page().path("ranked").asBoolean()).isFalse();
        decide("/reinstatement", "POST");
        assertThat(page().path("ranked").asBoolean()).isTrue();
    }

    private void decide(String what, String method) {
        String address = "/api/v1/admin/boards/" + board + "/rankings/season/players/" + ann + what + "?window=s1";
        String why = "{\"reason\":\"cheat\",\"author\":\"test\"}";
        (method.equals("PUT") ? api.put(address, why) : api.post(address, why)).expect(200);
    }

    private JsonNode page() {
        return api.get(path + "/rankings/season/players/" + ann + "?window=s1&with=player,metrics,baseline,gain")
                .expect(200)
                .json();
    }

    /** What is kept is found again without PostgreSQL: it would show what was changed there behind the service's back. */
    @Test
    void aChangeByAnotherProcessShowsWithItsNotice() {
        changePastTheService();
        assertKept();

        await().atMost(PATIENCE).untilAsserted(() -> {
            channel.publish("laurel:changes", "{\"from\":\"other\",\"changes\":[[\"board\",\"1\",\"" + board + "\"]]}");
            assertThat(shown()).isEqualTo(70);
            assertThat(title()).isEqualTo("Other");
        });
    }

    @Test
    void aChangeByAnotherProcessIsFoundWithoutItsNotice() {
        changePastTheService();

        StoredRows.change("INSERT INTO board_change (board_id) SELECT id FROM board WHERE name = ?", board);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(shown()).isEqualTo(70);
            assertThat(title()).isEqualTo("Other");
        });
    }

    /** After both have been read, and a look for notes of earlier changes, as there is one each second, has found none. */
    private void changePastTheService() {
        StoredRows.change("DELETE FROM board_change WHERE board_id = (SELECT id FROM board WHERE name = ?)", board);
        await().atMost(PATIENCE).during(Duration.ofSeconds(2)).until(() -> {
            boolean kept = shown() == 40 && title().equals("First");
            return kept && hits("baselines", this::shown) && hits("active-seasons", this::title);
        });
        StoredRows.change("""
                DO $$ DECLARE own integer := (SELECT id FROM board WHERE name = '%1$s'); BEGIN
                    UPDATE season_baseline b SET amounts = '{NULL,70}' WHERE b.board_id = own;
                    UPDATE board b SET seasons = replace(b.seasons, 'First', 'Other') WHERE b.id = own;
                    DELETE FROM board_change c WHERE c.board_id = own;
                END $$""".formatted(board));
    }

    /** A job that has just changed who takes no rank, for another test, drops baselines as well. */
    private void assertKept() {
        long misses = lookups("baselines", "misses") + lookups("active-seasons", "misses");
        long baseline = shown();
        String title = title();
        if (lookups("baselines", "misses") + lookups("active-seasons", "misses") == misses) {
            assertThat(baseline).isEqualTo(40);
            assertThat(title).isEqualTo("First");
        }
    }

    /** Whether a read finds what it asks for in a cache. */
    private boolean hits(String cache, Runnable read) {
        long before = lookups(cache, "misses");
        read.run();
        return lookups(cache, "misses") == before;
    }

    private long lookups(String cache, String which) {
        for (JsonNode one : api.get("/api/v1/admin/caches").expect(200).json().path("caches")) {
            if (one.path("name").asText().equals(cache)) {
                return one.path(which).asLong();
            }
        }
        throw new AssertionError("There is no cache " + cache);
    }

    private void putSeason(String title) {
        api.put(
                path + "/seasons/s1",
                "{\"title\":\"%s\",\"start\":\"%s\",\"end\":\"%s\"}"
                        .formatted(title, now.minus(1, ChronoUnit.DAYS), now.plus(9, ChronoUnit.DAYS)));
    }

    private void setBaseline(Integer kills) {
        String values = kills == null ? "{}" : "{\"kills\":" + kills + "}";
        api.put(
                        path + "/seasons/s1/baseline?reason=scan&author=test",
                        "{\"players\":[{\"playerId\":\"" + ann + "\",\"values\":" + values + "}]}")
                .expect(200);
    }

    /** The baseline on the player's page; 0 for none. */
    private long shown() {
        return api.get(path + "/rankings/season/players/" + ann + "?with=metrics,baseline,gain")
                .expect(200)
                .json()
                .path("baseline")
                .path("kills")
                .asLong();
    }

    private String title() {
        return api.get(path + "/seasons/active")
                .expect(200)
                .json()
                .path("title")
                .asText();
    }
}
