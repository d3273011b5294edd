package dev.laurel.web.tenants;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.access.tenant.PlayerRoom;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Reply;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.UUID;

/** What a tenant may have at most, and that others have nothing to do with it. */
@QuarkusTest
class TenantQuotasComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SCORES = "/api/v1/boards/b/scores";

    @TestHTTPResource
    URI service;

    @Inject
    PlayerRoom room;

    private final String name = "q-" + UUID.randomUUID().toString().substring(0, 8);
    private LaurelApi operator;
    private LaurelApi theirs;

    @BeforeEach
    void register() {
        operator = new LaurelApi(service);
        theirs = new LaurelApi(service, "Authorization", "Bearer " + RegisteredTenants.keyOf(operator, name, "admin"));
        theirs.put("/api/v1/boards/b", "{\"title\":\"B\",\"lateness\":\"PT1H\"}")
                .expect(201);
    }

    private void limit(String quotas) {
        operator.patch("/api/v1/admin/tenants/" + name, "{\"quotas\":" + quotas + "}")
                .expect(200);
    }

    private static void assertFull(Reply reply) {
        assertProblem(reply, 409);
        assertThat(reply.json().path("code").asText()).as("%s", reply).isEqualTo("QUOTA_EXCEEDED");
    }

    @Test
    void noMoreBoardsThanThat() {
        limit("{\"boards\":2}");
        theirs.put("/api/v1/boards/c", "{\"title\":\"C\"}").expect(201);

        assertFull(theirs.put("/api/v1/boards/d", "{\"title\":\"D\"}"));
        theirs.put("/api/v1/boards/c", "{\"title\":\"Changed\"}").expect(200);
        operator.put("/api/v1/boards/d-" + name, "{\"title\":\"D\"}").expect(201);
        theirs.delete("/api/v1/boards/c").expect(204);
        theirs.put("/api/v1/boards/d", "{\"title\":\"D\"}").expect(201);
        limit("{\"boards\":1}");
        theirs.put("/api/v1/boards/d", "{\"title\":\"Still there\"}").expect(200);
    }

    @Test
    void playersWhoAreThereGoOnAndNewOnesAreRefused() {
        limit("{\"players\":2}");
        theirs.post(SCORES, score("ann")).expect(200);
        theirs.put("/api/v1/players/ann", "{\"displayName\":\"Ann\"}").expect(201);
        theirs.post(SCORES, score("bob")).expect(200);
        theirs.put("/api/v1/players/bob", "{\"displayName\":\"Bob\"}").expect(201);

        // Those who come between two counts are too many.
        theirs.post(SCORES, score("cid")).expect(200);
        await().atMost(PATIENCE)
                .until(() -> counted()
                                .post(SCORES, score(UUID.randomUUID().toString()))
                                .status()
                        == 409);
        assertFull(theirs.post(SCORES, score("new")));
        theirs.post(SCORES, score("bob")).expect(200);
        JsonNode results = theirs.post(
                        SCORES + "/batch",
                        "{\"scores\":[" + score("ann") + "," + score("new") + "," + score("bob") + "]}")
                .expect(200)
                .json()
                .path("results");
        assertThat(results.findValuesAsText("status")).containsExactly("APPLIED", "REFUSED", "APPLIED");
        assertFull(
                theirs.post(SCORES + "/batch?atomic=true", "{\"scores\":[" + score("ann") + "," + score("new") + "]}"));
        assertFull(theirs.post("/api/v1/scores", "{\"boards\":[\"b\"],\"playerId\":\"new\",\"score\":1}"));
        assertFull(theirs.put("/api/v1/players/new", "{\"displayName\":\"New\"}"));
        theirs.put("/api/v1/players/bob", "{\"displayName\":\"Robert\"}").expect(200);
        assertFull(upload());

        limit("{\"players\":null}");
        await().atMost(PATIENCE)
                .until(() -> counted().post(SCORES, score("new")).status() == 200);
    }

    private LaurelApi counted() {
        OnEventLoop.await(() -> room.count());
        return theirs;
    }

    @Test
    void eventsAreCountedAndABatchIsMadeUpFor() {
        limit("{\"eventsPerSecond\":2}");
        StringJoiner batch = new StringJoiner(",", "{\"scores\":[", "]}");
        for (int i = 0; i < 100; i++) {
            batch.add(score("p" + i));
        }
        theirs.post(SCORES + "/batch", batch.toString()).expect(200);

        Reply refused =
                await().atMost(PATIENCE).until(() -> theirs.post(SCORES, score("ann")), reply -> reply.status() == 429);
        assertThat(refused.json().path("code").asText()).isEqualTo("RATE_LIMITED");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isPositive();
        theirs.get("/api/v1/boards/b/rankings/all_time").expect(200);
        operator.post("/api/redis-leaderboard/update", "{\"user_id\":\"ann\",\"count\":1}")
                .expect(200);
        limit("{\"eventsPerSecond\":1000}");
        theirs.post(SCORES, score("ann")).expect(200);
    }

    @Test
    void uploadedFilesAreKeptUpToSoManyBytes() {
        limit("{\"uploadBytes\":1}");
        assertFull(upload());
        limit("{\"uploadBytes\":100000}");
        assertThat(upload().status()).isEqualTo(202);
    }

    private Reply upload() {
        return new Uploads(theirs).send(Uploads.form("b", "EVENTS"), "a.csv", "player,score\nimp,5\n");
    }

    private static String score(String player) {
        return "{\"playerId\":\"" + player + "\",\"score\":1}";
    }
}
