package dev.laurel.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.access.AccessMode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OpenApiDocument;
import dev.laurel.testing.OpenApiDocument.Operation;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Tries every operation of the OpenAPI document with every kind of caller, in a closed service. Each request has a parameter that
 * no operation knows: so whoever is let through is refused with 422 before anything happens, and whoever is not has to be refused
 * with 401 or 403 before that is looked at.
 */
@QuarkusTest
class AccessMatrixComponentTest {
    private static final Path ROWS = Path.of("src/test/resources/access-matrix.txt");
    private static final List<String> SCOPES = List.of("read", "write", "import", "admin");
    private static final String OF_ANOTHER = " of another tenant";
    private static final int AT_ONCE = 32;
    private static final String UNKNOWN_PARAMETER = "of-no-operation";

    private static final Map<String, String> PATH_VALUES = Map.of("period", "daily", "event", "1", "import", "1");

    @TestHTTPResource
    URI service;

    @Inject
    AccessMode mode;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LaurelApi api;

    @BeforeEach
    void close() {
        api = new LaurelApi(service);
        mode.open(false);
    }

    @AfterEach
    void open() {
        mode.open(true);
    }

    @Test
    void everyOperationLetsThroughWhoMayCallItAndNobodyElse() throws IOException {
        OpenApiDocument document = OpenApiDocument.of(api);
        Map<String, Set<String>> rows = rows();
        Set<String> operations = new TreeSet<>();
        document.operations().forEach(operation -> operations.add(operation.id()));
        assertThat(rows.keySet()).as("a row for each operation").isEqualTo(operations);

        List<Cell> cells = new ArrayList<>();
        callers().forEach((caller, credential) -> document.operations().forEach(operation -> {
            int expected = expected(rows.get(operation.id()), caller);
            cells.add(new Cell(operation, caller, "Authorization", credential, expected));
            if (credential != null && !caller.startsWith("token ")) {
                cells.add(new Cell(operation, caller, "X-API-Key", credential, expected));
            }
        }));

        assertThat(faults(cells)).isEmpty();
    }

    /** The operations of which a row says that players may call them: as themselves, and as nobody else. */
    @Test
    void aPlayerActsForNoOtherPlayer() throws IOException {
        String board = "matrix-" + unique;
        String[] admin = {"Authorization", "Bearer " + administrator()};
        api.put("/api/v1/boards/" + board, "{\"title\":\"T\",\"access\":{\"playerSubmissions\":true}}", admin)
                .expect(201);
        String challenge = "/api/v1/challenges/" + board;
        api.put(
                        challenge,
                        "{\"title\":\"T\",\"board\":\"" + board + "\",\"variants\":{\"easy\":{\"points\":1}}}",
                        admin)
                .expect(201);
        Map<String, List<String>> ways = Map.of(
                "submitScore", List.of("/api/v1/boards/" + board + "/scores", "{\"playerId\":\"%s\",\"score\":1}"),
                "submitToBoards",
                        List.of("/api/v1/scores", "{\"playerId\":\"%s\",\"score\":1,\"boards\":[\"" + board + "\"]}"),
                "submitToChallenge",
                        List.of(
                                challenge + "/easy/submissions",
                                "{\"playerId\":\"%s\",\"content\":\"c\",\"cleared\":true}"),
                "compatUpdate", List.of("/api/redis-leaderboard/update", "{\"user_id\":\"%s\",\"count\":1}"));
        Set<String> ofPlayers = new TreeSet<>();
        rows().forEach((operation, needed) -> {
            if (needed.contains("player")) {
                ofPlayers.add(operation);
            }
        });
        assertThat(ways.keySet()).as("a way to try each of them").isEqualTo(ofPlayers);
        String ann = key("\"player\"", ",\"player\":\"ann-" + unique + "\"").secret;
        List<String> credentials = List.of(ann, TestTokens.signed(TestTokens.claims("ann-" + unique, "player openid")));

        ways.forEach((operation, way) -> credentials.forEach(credential -> {
            String[] own = {"Authorization", "Bearer " + credential};
            Reply other = api.post(way.get(0), way.get(1).formatted("bob-" + unique), own);
            assertThat(other.status()).as(operation).isEqualTo(403);
            assertThat(other.text()).as(operation).contains("its own player only");
            if (way.get(0).contains("/v1/")) {
                assertThat(api.post(way.get(0), way.get(1).formatted("ann-" + unique), own)
                                .status())
                        .as(operation)
                        .isEqualTo(200);
            }
        }));
    }

    /** By name; null for none. */
    private Map<String, String> callers() {
        Map<String, String> callers = new LinkedHashMap<>();
        callers.put("nobody", null);
        callers.put("an unknown key", "laurel_" + "0123456789abcdef".repeat(4));
        callers.put("an expired key", expired());
        callers.put("a revoked key", revoked());
        SCOPES.forEach(scope -> callers.put(scope, key("\"" + scope + "\"", "").secret));
        callers.put("player", key("\"player\"", ",\"player\":\"ann-" + unique + "\"").secret);
        SCOPES.forEach(scope -> callers.put(
                "token " + scope, TestTokens.signed(TestTokens.claims("ann-" + unique, "openid " + scope))));
        callers.put("token player", TestTokens.signed(TestTokens.claims("ann-" + unique, "player")));
        callers.put("token without scopes", TestTokens.signed(TestTokens.claims("ann-" + unique)));
        callers.put("a token of a wrong issuer", token(claims -> claims.setIssuer("https://evil.example")));
        callers.put("a token for others", token(claims -> claims.setAudience("another-service")));
        callers.put("a token of no tenant", token(claims -> claims.setStringClaim("tenant", "no-" + unique)));
        String tenant = tenant();
        callers.put("admin" + OF_ANOTHER, key("\"admin\"", ",\"tenant\":\"" + tenant + "\"").secret);
        callers.put("token admin" + OF_ANOTHER, token(claims -> claims.setStringClaim("tenant", tenant)));
        callers.put("an expired token", token(claims -> claims.setExpirationTimeMinutesInTheFuture(-2)));
        callers.put("alg: none", TestTokens.unsigned(TestTokens.claims("ann-" + unique, "admin")));
        callers.put("neither key nor token", "secret");
        return callers;
    }

    private static String token(java.util.function.Consumer<JwtClaims> wrong) {
        JwtClaims claims = TestTokens.claims("ann", "admin");
        wrong.accept(claims);
        return TestTokens.signed(claims);
    }

    private String tenant() {
        String name = "matrix-" + unique;
        api.post(
                        "/api/v1/admin/tenants",
                        "{\"name\":\"" + name + "\",\"title\":\"Matrix\"}",
                        "Authorization",
                        "Bearer " + administrator())
                .expect(201);
        return name;
    }

    private String expired() {
        Key key = key("\"admin\"", ",\"expiresAt\":\"2999-01-01T00:00:00Z\"");
        assertThat(StoredRows.change(
                        "UPDATE access_key SET expires_at = now() - interval '1 minute' WHERE id = ?", key.id))
                .isEqualTo(1);
        return key.secret;
    }

    private String revoked() {
        Key key = key("\"admin\"", "");
        api.delete("/api/v1/admin/keys/" + key.id + "?confirm=true", "Authorization", "Bearer " + administrator())
                .expect(204);
        return key.secret;
    }

    private Key key(String scopes, String further) {
        Reply made = api.post(
                        "/api/v1/admin/keys",
                        "{\"name\":\"matrix-" + unique + "\",\"scopes\":[" + scopes + "]" + further + "}",
                        "Authorization",
                        "Bearer " + administrator())
                .expect(201);
        return new Key(
                made.json().at("/details/id").asText(), made.json().path("key").asText());
    }

    /** A token: no key is needed to make the first one. */
    private static String administrator() {
        return TestTokens.signed(TestTokens.claims("matrix", "admin"));
    }

    private record Key(String id, String secret) {}

    private static Map<String, Set<String>> rows() throws IOException {
        Map<String, Set<String>> rows = new TreeMap<>();
        for (String line : Files.readAllLines(ROWS)) {
            if (!line.startsWith("#")) {
                List<String> words = List.of(line.split(" "));
                assertThat(rows.put(words.get(0), new TreeSet<>(words.subList(1, words.size()))))
                        .as("a second row of %s", words.get(0))
                        .isNull();
            }
        }
        return rows;
    }

    private static int expected(Set<String> needed, String caller) {
        String scope = caller.replaceFirst("^token ", "").replace(OF_ANOTHER, "");
        boolean known = SCOPES.contains(scope) || scope.equals("player") || scope.equals("without scopes");
        if (!known && !caller.equals("nobody")) {
            return 401;
        }
        boolean allowed = needed.contains("none")
                || needed.contains(scope)
                || scope.equals("admin") && !needed.equals(Set.of("player"));
        if (allowed && !(needed.contains("service") && caller.endsWith(OF_ANOTHER))) {
            return 422;
        }
        return known ? 403 : 401;
    }

    private List<String> faults(List<Cell> cells) {
        List<String> faults = new ArrayList<>();
        for (int from = 0; from < cells.size(); from += AT_ONCE) {
            List<Cell> batch = cells.subList(from, Math.min(cells.size(), from + AT_ONCE));
            List<CompletableFuture<HttpResponse<String>>> sent =
                    batch.stream().map(this::send).toList();
            for (int i = 0; i < batch.size(); i++) {
                HttpResponse<String> reply = sent.get(i).join();
                batch.get(i).judge(reply.statusCode(), reply.body(), faults);
            }
        }
        return faults;
    }

    private CompletableFuture<HttpResponse<String>> send(Cell cell) {
        String path = cell.operation.path();
        for (var parameter : cell.operation.parameters()) {
            String name = parameter.path("name").asText();
            path = path.replace("{" + name + "}", PATH_VALUES.getOrDefault(name, "of-matrix"));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path + "?" + UNKNOWN_PARAMETER + "=1"));
        if (cell.credential != null) {
            request.header(cell.header, ("Authorization".equals(cell.header) ? "Bearer " : "") + cell.credential);
        }
        boolean body = !cell.operation.bodies().isEmpty();
        if (body) {
            request.header("Content-Type", cell.operation.bodies().fieldNames().next());
        }
        request.method(cell.operation.method(), body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private record Cell(Operation operation, String caller, String header, String credential, int expected) {
        void judge(int status, String body, List<String> faults) {
            boolean right = status == expected && (status != 422 || body.contains(UNKNOWN_PARAMETER));
            if (!right || credential != null && body.contains(credential)) {
                faults.add("%s by %s in %s: %d instead of %d, %s"
                        .formatted(operation.id(), caller, header, status, expected, body));
            }
        }
    }
}
