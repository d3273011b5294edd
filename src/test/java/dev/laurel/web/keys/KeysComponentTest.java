package dev.laurel.web.keys;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.access.AccessMode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a key lets its owner do in a closed service, and what is said to those without one. */
@QuarkusTest
class KeysComponentTest {
    private static final String KEYS = "/api/v1/admin/keys";
    private static final String UNKNOWN = "laurel_" + "0".repeat(64);

    @TestHTTPResource
    URI service;

    @Inject
    AccessMode mode;

    @Inject
    TestClock clock;

    private LaurelApi api;
    private String admin;

    @BeforeEach
    void closeTheService() {
        api = new LaurelApi(service);
        admin = key("\"scopes\":[\"admin\"]").path("key").asText();
        mode.open(false);
    }

    @AfterEach
    void openItAgain() {
        mode.open(true);
        clock.reset();
    }

    @Test
    void aKeyIsShownOnceWorksInBothHeadersAndIsRefusedOnceRevoked() {
        JsonNode made = key("\"scopes\":[\"read\",\"read\"],\"expiresAt\":\"2099-01-01T00:00:00Z\"");
        String key = made.path("key").asText();
        String id = made.at("/details/id").asText();

        assertThat(key).matches("laurel_[0-9a-f]{64}");
        get("/api/v1/boards", bearer(key)).expect(200);
        get("/api/v1/boards", "X-API-Key", key).expect(200);
        get("/api/redis-leaderboard/daily", "authorization", "bearer " + key).expect(200);
        assertThat(listed(id).path("scopes")).hasSize(1);
        assertThat(listed(id).path("createdBy").asText()).isNotBlank();
        assertThat(get(KEYS + "?limit=200", bearer(admin)).text()).doesNotContain(key, key.substring(10));

        api.delete(KEYS + "/" + id, bearer(admin)).expect(204);
        api.delete(KEYS + "/" + id, bearer(admin)).expect(204);

        assertRefused(get("/api/v1/boards", bearer(key)), true);
        assertThat(listed(id).path("revokedAt").asText()).isNotBlank();
        assertProblem(api.delete(KEYS + "/0000000000000000", bearer(admin)), 404);
    }

    @Test
    void whatIsNotValidIsToldInTheSameWords() {
        JsonNode revoked = key("\"scopes\":[\"read\"]");
        JsonNode expired = key("\"scopes\":[\"read\"],\"expiresAt\":\""
                + Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS) + "\"");
        get("/api/v1/boards", bearer(expired.path("key").asText())).expect(200);
        api.delete(KEYS + "/" + revoked.at("/details/id").asText(), bearer(admin))
                .expect(204);
        clock.stopAt(Instant.now().plus(Duration.ofHours(2)));

        List<Reply> replies = Stream.of(
                        UNKNOWN,
                        revoked.path("key").asText(),
                        expired.path("key").asText(),
                        "laurel_short",
                        "another.kind.of.token",
                        UNKNOWN.toUpperCase(java.util.Locale.ROOT))
                .map(key -> get("/api/v1/boards", bearer(key)))
                .toList();

        assertThat(replies).allSatisfy(reply -> assertRefused(reply, true));
        assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
        assertRefused(get("/api/v1/boards", "Authorization", "Token YTpi"), true);
        assertRefused(get("/api/v1/boards", "X-API-Key", admin, "Authorization", "Bearer " + admin), true);
        assertRefused(get("/api/v1/boards"), false);
        assertRefused(get("/api/redis-leaderboard/daily"), false);
        mode.open(true);
        assertRefused(get("/api/v1/boards", bearer(UNKNOWN)), true);
        get("/api/v1/boards").expect(200);
    }

    @Test
    void whatAProxySendsForItselfIsNotACredential() {
        String[] basic = {"Authorization", "Basic YTpi"};

        assertRefused(get("/api/v1/boards", basic), false);
        get("/api/v1/boards", "Authorization", "Basic YTpi", "X-API-Key", admin).expect(200);
        mode.open(true);
        get("/api/v1/boards", basic).expect(200);
        assertRefused(get("/api/v1/boards", "Authorization", admin), true);
    }

    @Test
    void anOrderOfAKeyIsNotRepeatedByAKeyOfItsOwn() {
        String order = "{\"name\":\"a test\",\"scopes\":[\"read\"]}";

        assertProblem(
                api.post(KEYS, order, "Authorization", "Bearer " + admin, "Idempotency-Key", "once"),
                422,
                "Idempotency-Key");
    }

    @Test
    void aConfirmationIsTrueOrFalse() {
        String id = key("\"scopes\":[\"read\"]").at("/details/id").asText();

        assertProblem(api.delete(KEYS + "/" + id + "?confirm=yes", bearer(admin)), 422, "confirm");
        api.delete(KEYS + "/" + id + "?confirm=true", bearer(admin)).expect(204);
    }

    @Test
    void aScopeThatIsMissingIsNamed() {
        String reader = key("\"scopes\":[\"read\"]").path("key").asText();
        String writer = key("\"scopes\":[\"write\"]").path("key").asText();
        String importer = key("\"scopes\":[\"import\"]").path("key").asText();
        String board = board("{\"title\":\"T\"}");
        String scores = "/api/v1/boards/" + board + "/scores";
        String event = "{\"playerId\":\"alice\",\"score\":3}";

        assertForbidden(api.post(scores, event, bearer(reader)), "write or player");
        assertForbidden(get("/api/v1/boards", bearer(writer)), "read");
        assertForbidden(get("/api/v1/boards", bearer(importer)), "read");
        assertForbidden(get("/api/v1/imports", bearer(writer)), "import");
        assertForbidden(get(KEYS, bearer(importer)), "admin");
        assertForbidden(api.put("/api/v1/boards/" + board, "{\"title\":\"U\"}", bearer(writer)), "admin");
        api.post(scores, event, bearer(writer)).expect(200);
        get("/api/v1/imports", bearer(importer)).expect(200);
        api.post(scores, event, bearer(admin)).expect(200);
        get("/api/v1").expect(200);
        assertRefused(api.post(scores, event), false);
    }

    @Test
    void boardsThatAKeyIsNotForDoNotExistForIt() {
        String board = board("{\"title\":\"T\"}");
        String other = board("{\"title\":\"T\"}");
        String key = key("\"scopes\":[\"read\",\"write\"],\"boards\":[\"x-*\",\"" + board + "\"]")
                .path("key")
                .asText();
        String event = "{\"playerId\":\"alice\",\"score\":3}";

        api.post("/api/v1/boards/" + board + "/scores", event, bearer(key)).expect(200);
        get("/api/v1/boards/" + board + "/rankings/daily", bearer(key)).expect(200);
        for (String path : List.of("", "/rankings/daily", "/windows?period=daily")) {
            Reply hidden = get("/api/v1/boards/" + other + path, bearer(key));
            Reply missing = get("/api/v1/boards/" + other + "0" + path, bearer(key));
            assertProblem(hidden, 404);
            assertThat(hidden.text()).isEqualTo(missing.text().replace(other + "0", other));
        }
        assertProblem(api.post("/api/v1/boards/" + other + "/scores", event, bearer(key)), 404);
        assertProblem(
                api.post(
                        "/api/v1/scores",
                        "{\"boards\":[\"" + board + "\",\"" + other + "\"],\"playerId\":\"alice\",\"score\":3}",
                        bearer(key)),
                404);
        JsonNode listed = get("/api/v1/boards", bearer(key)).expect(200).json();
        assertThat(listed.path("items")).hasSize(1);
        assertThat(listed.at("/pagination/total").asInt()).isEqualTo(1);
        assertForbidden(get("/api/v1/players/alice/standings", bearer(key)), "all of them");
        String challenge = "/api/v1/challenges/" + other;
        String submission = "{\"playerId\":\"alice\",\"content\":\"c\",\"cleared\":true}";
        api.put(
                        challenge,
                        "{\"title\":\"T\",\"board\":\"" + other + "\",\"variants\":{\"easy\":{\"points\":1}}}",
                        bearer(admin))
                .expect(201);
        Reply hidden = api.post(challenge + "/easy/submissions", submission, bearer(key));
        Reply missing = api.post(challenge + "0/easy/submissions", submission, bearer(key));
        assertProblem(hidden, 404);
        assertThat(hidden.text()).isEqualTo(missing.text().replace(other + "0", other));
        String limited = key("\"scopes\":[\"admin\"],\"boards\":[\"pomodoro\"]")
                .path("key")
                .asText();
        get("/api/redis-leaderboard/daily", bearer(limited)).expect(200);
        assertForbidden(get("/api/redis-leaderboard/admin/status", bearer(limited)), "the service as a whole");
    }

    @Test
    void anyoneReadsAPublicBoardAndNoOther() {
        String open = board("{\"title\":\"T\",\"access\":{\"publicRead\":true}}");
        String closed = board("{\"title\":\"T\"}");

        assertThat(get("/api/v1/boards/" + open)
                        .expect(200)
                        .json()
                        .at("/access/publicRead")
                        .asBoolean())
                .isTrue();
        String ranking = "/api/v1/boards/" + open + "/rankings/daily";
        Reply shared = get(ranking).expect(200);
        Reply own = get(ranking, "X-API-Key", admin).expect(200);
        assertThat(shared.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(own.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(get(ranking, "X-API-Key", admin, "If-None-Match", own.header("ETag"))
                        .expect(304)
                        .header("Cache-Control"))
                .isEqualTo("private, no-cache");
        assertThat(get("/api/v1/boards/" + open, bearer(admin)).header("Cache-Control"))
                .isEqualTo("private, no-cache");
        for (Reply reply : List.of(shared, own)) {
            assertThat(reply.headers().allValues("Vary")).contains("Authorization, X-API-Key");
        }
        assertRefused(get("/api/v1/boards/" + closed + "/rankings/daily"), false);
        assertRefused(get("/api/v1/boards/" + closed + "0/rankings/daily"), false);
        assertRefused(get("/api/v1/boards"), false);
        assertRefused(api.post("/api/v1/boards/" + open + "/scores", "{\"playerId\":\"a\",\"score\":1}"), false);
        assertRefused(get("/api/v1/admin/boards/" + open + "/status"), false);

        api.patch("/api/v1/boards/" + open, "{\"access\":null}", bearer(admin)).expect(200);
        assertRefused(get("/api/v1/boards/" + open + "/rankings/daily"), false);
    }

    @Test
    void aPlayerSubmitsOwnScoresWhereTheBoardAllowsIt() {
        String open = board("{\"title\":\"T\",\"access\":{\"playerSubmissions\":true}}");
        String closed = board("{\"title\":\"T\",\"access\":{\"publicRead\":true}}");
        String alice =
                key("\"scopes\":[\"player\"],\"player\":\"alice\"").path("key").asText();
        String own = "{\"playerId\":\"alice\",\"score\":3}";

        api.post("/api/v1/boards/" + open + "/scores", own, bearer(alice)).expect(200);
        api.post("/api/v1/scores", own.replace("{", "{\"boards\":[\"" + open + "\"],"), bearer(alice))
                .expect(200);
        assertForbidden(
                api.post("/api/v1/boards/" + open + "/scores", own.replace("alice", "bob"), bearer(alice)), "write");
        assertForbidden(api.post("/api/v1/boards/" + closed + "/scores", own, bearer(alice)), "write");
        assertForbidden(
                api.post("/api/redis-leaderboard/update", "{\"user_id\":\"alice\",\"count\":3}", bearer(alice)),
                "write");
        assertForbidden(
                api.post("/api/v1/boards/" + open + "/scores/batch", "{\"scores\":[" + own + "]}", bearer(alice)),
                "write");
        assertForbidden(get("/api/v1/boards/" + open, bearer(alice)), "read");
    }

    @Test
    void anOrderThatMakesNoSenseNamesItsFields() {
        assertProblem(order("{}"), 422, "name", "scopes");
        assertProblem(order("{\"name\":\"k\",\"scopes\":[\"read\",\"own\"]}"), 422, "scopes");
        assertProblem(order("{\"name\":\"k\",\"scopes\":[\"player\"]}"), 422, "player");
        assertProblem(order("{\"name\":\"k\",\"scopes\":[\"read\"],\"player\":\"alice\"}"), 422, "player");
        assertProblem(order("{\"name\":\"k\",\"scopes\":[\"player\",\"write\"],\"player\":\"alice\"}"), 422, "scopes");
        assertProblem(order("{\"name\":\"k\",\"scopes\":[\"read\"],\"tenant\":\"other\"}"), 422, "tenant");
        assertProblem(order("{\"name\":\"k\",\"scopes\":[\"read\"],\"boards\":[\"a,b\"]}"), 422, "boards");
        assertProblem(order("{\"name\":\"k\",\"scopes\":[\"read\"],\"boards\":[]}"), 422, "boards");
        assertProblem(
                order("{\"name\":\"k\",\"scopes\":[\"read\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"}"),
                422,
                "expiresAt");
        assertProblem(order("{\"name\":\"k\",\"scopes\":[\"read\"],\"expiresAt\":\"soon\"}"), 422, "expiresAt");
    }

    private Reply order(String json) {
        return api.post(KEYS, json, bearer(admin));
    }

    /** Made while the service is open, or by the administrator's key. */
    private JsonNode key(String fields) {
        String order = "{\"name\":\"a test\"," + fields + "}";
        Reply made = admin == null ? api.post(KEYS, order) : api.post(KEYS, order, bearer(admin));
        assertThat(made.expect(201).header("Cache-Control")).isEqualTo("no-store");
        return made.json();
    }

    private String board(String definition) {
        String board = aBoard("keys").build().id();
        api.put("/api/v1/boards/" + board, definition, bearer(admin)).expect(201);
        return board;
    }

    /** A key as the list shows it: among the last ones. */
    private JsonNode listed(String id) {
        int pages = get(KEYS + "?limit=200", bearer(admin))
                .expect(200)
                .json()
                .at("/pagination/pages")
                .asInt();
        return StreamSupport.stream(
                        get(KEYS + "?limit=200&page=" + pages, bearer(admin))
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(key -> key.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Reply get(String path, String... headers) {
        return api.get(path, headers);
    }

    private static String[] bearer(String key) {
        return new String[] {"Authorization", "Bearer " + key};
    }

    private static void assertRefused(Reply reply, boolean sent) {
        assertProblem(reply, 401);
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(reply.header("WWW-Authenticate").contains("invalid_token")).isEqualTo(sent);
        assertThat(reply.json().path("code").asText()).isEqualTo("UNAUTHENTICATED");
    }

    private static void assertForbidden(Reply reply, String named) {
        assertProblem(reply, 403);
        assertThat(reply.json().path("code").asText()).isEqualTo("SCOPE_MISSING");
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer").contains("error=\"insufficient_scope\"");
        assertThat(reply.json().path("detail").asText()).contains(named);
    }
}
