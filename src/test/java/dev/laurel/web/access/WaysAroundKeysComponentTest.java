package dev.laurel.web.access;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.access.AccessMode;
import dev.laurel.access.BoardPatterns;
import dev.laurel.access.Scope;
import dev.laurel.access.key.Keys;
import dev.laurel.access.key.NewKey;
import dev.laurel.shared.LaurelException.ConfirmationRequired;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.RawHttp;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What somebody without a right would try: other spellings of a path, a key that was revoked, the key of an erased player. */
@QuarkusTest
class WaysAroundKeysComponentTest {
    private static final String KEYS = "/api/v1/admin/keys";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    AccessMode mode;

    @Inject
    Keys keys;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private Tenant lonely;

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
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61pi/v1/admin/keys",
                "/a%70i/v1/%61dmin/keys",
                "//api/v1/admin/keys",
                "/api//v1/admin/keys",
                "/./api/v1/admin/keys",
                "/%2e/api/v1/admin/keys",
                "/api/./v1/admin/keys",
                "/nothing/../api/v1/admin/keys",
                "/q/../api/v1/admin/keys",
                "/q/%2e%2e/api/v1/admin/keys",
                "/api;a=1/v1/admin/keys",
                "/api/v1/admin/keys;a=1",
                "/api/v1/admin/keys/",
                "/API/v1/admin/keys",
                "http://example.com/api/v1/admin/keys"
            })
    void anotherSpellingOfAPathIsNoWayIn(String path) throws IOException {
        String body = "{\"name\":\"around-" + unique + "\",\"scopes\":[\"admin\"]}";

        assertThat(raw("GET " + path, "").status()).isIn(400, 401, 404);
        assertThat(raw("POST " + path, body).status()).isIn(400, 401, 404, 405);
        assertThat(raw("GET " + path.replace("v1/admin/keys", "redis-leaderboard/daily"), "")
                        .status())
                .isIn(400, 401, 404);

        assertThat(api.get(KEYS + "?limit=200", bearer(admin)).expect(200).text())
                .doesNotContain("around-" + unique);
    }

    @Test
    void aRevokedKeyIsNotRegisteredAgain() {
        String secret = "laurel_" + (unique + unique).repeat(4);
        NewKey order = new NewKey(
                Tenant.DEFAULT,
                "first-" + unique,
                Set.of(Scope.ADMIN),
                BoardPatterns.ALL,
                Optional.empty(),
                "a test",
                Optional.empty());
        String id = OnEventLoop.await(() -> keys.register(order, secret)).id();
        assertThat(OnEventLoop.await(() -> keys.register(order, secret)).id()).isEqualTo(id);

        api.delete(KEYS + "/" + id, bearer(admin)).expect(204);

        assertThatThrownBy(() -> OnEventLoop.await(() -> keys.register(order, secret)))
                .isInstanceOf(Conflict.class);
        assertProblem(api.get("/api/v1/boards", bearer(secret)), 401);
    }

    /** Of a tenant that has no other keys. */
    @Test
    void theLastAdministratorIsRevokedOnlyWhenThatIsConfirmed() {
        StoredRows.change("INSERT INTO tenant (name) VALUES (?)", "lonely-" + unique);
        lonely = new Tenant((short) StoredRows.number("SELECT id FROM tenant WHERE name = ?", "lonely-" + unique));
        String reader = made(Scope.READ, "*");
        String limited = made(Scope.ADMIN, "x-*");
        String first = made(Scope.ADMIN);
        String second = made(Scope.ADMIN);

        revoke(first, false);
        assertThatThrownBy(() -> revoke(second, false))
                .isInstanceOf(ConfirmationRequired.class)
                .satisfies(refusal -> assertThat(
                                ((ConfirmationRequired) refusal).changes().toString())
                        .contains("An administrator of the tenant default can"));
        revoke(first, false);
        revoke(limited, false);
        revoke(reader, false);
        assertThatThrownBy(() -> revoke(second, false)).isInstanceOf(ConfirmationRequired.class);
        revoke(second, true);
        revoke(second, false);
    }

    private String made(Scope scope, String... boards) {
        NewKey order = new NewKey(
                lonely,
                "last-" + unique,
                Set.of(scope),
                boards.length == 0 ? BoardPatterns.ALL : BoardPatterns.of(List.of(boards)),
                Optional.empty(),
                "a test",
                Optional.empty());
        return OnEventLoop.await(() -> keys.create(order)).key().id();
    }

    private void revoke(String id, boolean confirmed) {
        assertThat(OnEventLoop.await(() -> keys.revoke(lonely, id, confirmed)).revokedAt())
                .isPresent();
    }

    @Test
    void theKeyOfAnErasedPlayerIsRevokedAndSaysNothing() {
        String player = "erased-" + unique;
        JsonNode made = key("\"scopes\":[\"player\"],\"player\":\"" + player + "\"");
        String[] own = bearer(made.path("key").asText());
        api.put("/api/v1/players/" + player, "{\"displayName\":\"Somebody\"}", bearer(admin))
                .expect(201);
        // Its key is known, and lacks a scope.
        assertProblem(api.get("/api/v1/boards", own), 403);

        api.delete("/api/v1/players/" + player + "?erase=true&confirm=true", bearer(admin))
                .expect(204);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(api.get("/api/v1/boards", own).status()).isEqualTo(401));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        api.get(KEYS + "?limit=200", bearer(admin)).text())
                .doesNotContain(player));
    }

    private Reply raw(String line, String body) throws IOException {
        return RawHttp.exchange(
                service,
                line + " HTTP/1.1\r\nHost: " + service.getAuthority() + "\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    /** Made while the service is open, or by the administrator's key. */
    private JsonNode key(String fields) {
        String order = "{\"name\":\"ways-" + unique + "\"," + fields + "}";
        Reply made = admin == null ? api.post(KEYS, order) : api.post(KEYS, order, bearer(admin));
        return made.expect(201).json();
    }

    private static String[] bearer(String key) {
        return new String[] {"Authorization", "Bearer " + key};
    }
}
