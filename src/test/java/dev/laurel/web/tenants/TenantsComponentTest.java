package dev.laurel.web.tenants;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** Registering tenants, and whom their credentials let in where. */
@QuarkusTest
class TenantsComponentTest {
    private static final String TENANTS = "/api/v1/admin/tenants";
    private static final String KEYS = "/api/v1/admin/keys";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);
    private LaurelApi operator;

    @BeforeEach
    void asOperator() {
        operator = new LaurelApi(service);
    }

    @Test
    void aTenantIsRegisteredChangedAndRemoved() {
        JsonNode made = operator.post(
                        TENANTS,
                        "{\"name\":\"%s\",\"title\":\"North\",\"quotas\":{\"boards\":7,\"players\":30}}"
                                .formatted(name))
                .expect(201)
                .json();

        assertThat(made.path("number").asInt()).isGreaterThan(1);
        assertThat(operator.get(TENANTS + "/" + name).expect(200).json()).isEqualTo(made);
        assertThat(listed()).isTrue();
        assertProblem(operator.post(TENANTS, "{\"name\":\"" + name + "\",\"title\":\"Again\"}"), 409);

        JsonNode changed = operator.patch(TENANTS + "/" + name, "{\"quotas\":{\"boards\":8,\"players\":null}}")
                .expect(200)
                .json();
        assertThat(changed.path("title").asText()).isEqualTo("North");
        assertThat(changed.path("quotas").toString()).isEqualTo("{\"boards\":8}");
        assertThat(operator.patch(TENANTS + "/" + name, "{\"quotas\":null}")
                        .expect(200)
                        .json()
                        .has("quotas"))
                .isFalse();

        operator.delete(TENANTS + "/" + name).expect(204);
        JsonNode logged = operator.get("/api/v1/admin/audit-log?target=" + TENANTS + "/" + name)
                .expect(200)
                .json()
                .path("items");
        assertThat(logged.findValuesAsText("operation")).containsExactly("deleteTenant", "patchTenant", "patchTenant");
        assertThat(logged.get(0).at("/before/title").asText()).isEqualTo("North");
        assertThat(logged.get(2).at("/after/max_boards").asInt()).isEqualTo(8);
        assertProblem(operator.get(TENANTS + "/" + name), 404);
        assertProblem(operator.delete(TENANTS + "/" + name), 404);
        assertThat(listed()).isFalse();
        JsonNode second = operator.post(TENANTS, "{\"name\":\"" + name + "\",\"title\":\"South\"}")
                .expect(201)
                .json();
        assertThat(second.path("number")).isNotEqualTo(made.path("number"));
    }

    @Test
    void whatIsWrongIsNamed() {
        for (String wrong : new String[] {"", "A", "-a", "a b", "a/b", "a".repeat(65), "a\\u0000"}) {
            assertProblem(operator.post(TENANTS, "{\"name\":\"" + wrong + "\",\"title\":\"T\"}"), 422, "name");
        }
        assertProblem(operator.post(TENANTS, "{\"name\":\"" + name + "\"}"), 422, "title");
        assertProblem(
                operator.post(
                        TENANTS,
                        "{\"name\":\"%s\",\"title\":\"T\",\"quotas\":{\"boards\":0,\"uploadBytes\":-1}}"
                                .formatted(name)),
                422,
                "quotas.boards",
                "quotas.uploadBytes");
        assertProblem(operator.patch(TENANTS + "/default", "{\"quotas\":{\"boards\":1}}"), 409);
        assertProblem(operator.delete(TENANTS + "/default"), 409);
        assertProblem(
                operator.post(KEYS, "{\"name\":\"k\",\"scopes\":[\"read\"],\"tenant\":\"" + name + "\"}"),
                422,
                "tenant");
        assertProblem(operator.get(KEYS + "?tenant=" + name), 422, "tenant");
    }

    @Test
    void anAdministratorOfATenantAdministersThatOneOnly() {
        String key = RegisteredTenants.keyOf(operator, name, "admin");
        LaurelApi theirs = new LaurelApi(service, "Authorization", "Bearer " + key);

        // A process of a version that knew one tenant looks for this digest, and must not find the key.
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM access_key WHERE secret_sha256 = sha256(convert_to(?, 'UTF8'))", key))
                .isZero();

        theirs.put("/api/v1/boards/sprint-" + name, "{\"title\":\"Theirs\"}").expect(201);
        assertProblem(operator.get("/api/v1/boards/sprint-" + name), 404);
        assertThat(theirs.get("/api/v1/boards")
                        .expect(200)
                        .json()
                        .at("/pagination/total")
                        .asInt())
                .isEqualTo(1);
        assertThat(theirs.get(KEYS).expect(200).json().at("/items/0/tenant").asText())
                .isEqualTo(name);
        for (String path :
                new String[] {TENANTS, TENANTS + "/" + name, "/api/v1/admin/status", "/api/v1/admin/backups"}) {
            Reply refused = theirs.get(path);
            assertProblem(refused, 403);
            assertThat(refused.json().path("code").asText()).isEqualTo("SCOPE_MISSING");
        }
        String order = "{\"name\":\"k\",\"scopes\":[\"read\"],\"tenant\":\"%s\"}";
        Reply ofAnother = theirs.post(KEYS, order.formatted("default"));
        assertProblem(ofAnother, 422, "tenant");
        assertThat(theirs.post(KEYS, order.formatted("nobody-" + name)).text()).isEqualTo(ofAnother.text());
        JsonNode own = theirs.post(KEYS, order.formatted(name)).expect(201).json();
        String id = own.at("/details/id").asText();

        assertThat(operator.get(KEYS + "?tenant=" + name).expect(200).text()).contains(id);
        assertProblem(operator.delete(KEYS + "/" + id), 404);
        operator.delete(KEYS + "/" + id + "?tenant=" + name).expect(204);
        assertProblem(new LaurelApi(service, "X-API-Key", own.path("key").asText()).get("/api/v1/boards"), 401);
        assertThat(theirs.get(KEYS).json().at("/items/0/createdBy").asText()).isEqualTo("operator");
        assertProblem(theirs.delete("/api/v1/admin/boards/sprint-" + name + "/cache"), 403);
        // What operators do to its keys stands in its log, too, without saying who they are.
        JsonNode byOperators = theirs.get("/api/v1/admin/audit-log?actor=operator")
                .expect(200)
                .json()
                .path("items");
        assertThat(byOperators.findValuesAsText("operation")).containsExactly("revokeKey", "createKey");
        assertThat(byOperators.at("/1/after/scopes").asText()).isEqualTo("admin");
        assertThat(byOperators.at("/0/after/revoked_at").asText()).isNotEmpty();
        assertThat(operator.get("/api/v1/admin/audit-log?target=" + KEYS + "/" + id + "&operation=revokeKey")
                        .expect(200)
                        .json()
                        .at("/items/0/after/revoked_at")
                        .asText())
                .isNotEmpty();
        // What it did stands in its own audit log, and in no other.
        assertThat(theirs.get("/api/v1/admin/audit-log").expect(200).text()).contains("sprint-" + name);
        assertThat(operator.get("/api/v1/admin/audit-log?target=/api/v1/boards/sprint-" + name)
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void aTokenNamesARegisteredTenant() {
        JwtClaims claims = TestTokens.claims("ann-" + name, "read admin");
        claims.setStringClaim("tenant", name);
        LaurelApi theirs = new LaurelApi(service, "Authorization", "Bearer " + TestTokens.signed(claims));
        assertProblem(theirs.get("/api/v1/boards"), 401);
        operator.post(TENANTS, "{\"name\":\"" + name + "\",\"title\":\"T\"}").expect(201);

        theirs.put("/api/v1/boards/b", "{\"title\":\"Theirs\"}").expect(201);
        assertThat(theirs.get("/api/v1/boards")
                        .expect(200)
                        .json()
                        .at("/pagination/total")
                        .asInt())
                .isEqualTo(1);
        assertProblem(theirs.get("/api/v1/admin/caches"), 403);
    }

    @Test
    void aTenantWithBoardsOrPlayersStaysAndOneThatIsRemovedLetsNobodyIn() {
        String key = RegisteredTenants.keyOf(operator, name, "admin");
        LaurelApi theirs = new LaurelApi(service, "Authorization", "Bearer " + key);
        theirs.put("/api/v1/boards/b", "{\"title\":\"Theirs\"}").expect(201);
        assertProblem(operator.delete(TENANTS + "/" + name), 409);
        theirs.delete("/api/v1/boards/b").expect(204);
        // The first interface serves their board of that name once they have one, and it need not stay.
        assertProblem(theirs.get("/api/redis-leaderboard/daily"), 404);
        theirs.put("/api/v1/boards/pomodoro", "{\"title\":\"Theirs\",\"periods\":[\"DAILY\"]}")
                .expect(201);
        theirs.get("/api/redis-leaderboard/daily").expect(200);
        theirs.delete("/api/v1/boards/pomodoro").expect(204);
        theirs.put("/api/v1/players/ann", "{\"displayName\":\"Ann\"}").expect(201);
        assertProblem(operator.delete(TENANTS + "/" + name), 409);
        theirs.delete("/api/v1/players/ann").expectSuccess();
        await().atMost(PATIENCE)
                .until(() -> operator.delete(TENANTS + "/" + name).status() == 204);

        await().atMost(PATIENCE).untilAsserted(() -> assertProblem(theirs.get("/api/v1/boards"), 401));
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM access_key k JOIN tenant t ON t.id = k.tenant_id WHERE t.name = ?"
                                + " AND k.revoked_at IS NULL",
                        name))
                .isZero();
    }

    private boolean listed() {
        int pages = operator.get(TENANTS + "?limit=200")
                .expect(200)
                .json()
                .at("/pagination/pages")
                .asInt();
        return operator.get(TENANTS + "?limit=200&page=" + pages).text().contains("\"" + name + "\"");
    }
}
