package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Problems;
import dev.laurel.testing.RawHttp;
import dev.laurel.testing.Reply;
import dev.laurel.testing.SelfSigned;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;

/** The program as it is configured for clients without a proxy in between: TLS, pages of another origin, bounds of connections. */
@DisabledIf(value = "dev.laurel.testing.Program#builtIsNative", disabledReason = "Needs stores of its own")
class TransportIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HOST = "Host: localhost\r\n";
    private static final String CLOSE = "Connection: close\r\n\r\n";
    private static final String PAGE = "https://app.example";
    private static final int MAX_CONNECTIONS = 40;

    @TempDir
    static Path place;

    private static SelfSigned certificate;
    private static PackagedProgram program;
    private static int tlsPort;
    private static URI plain;

    @BeforeAll
    static void start() throws Exception {
        certificate = new SelfSigned(place);
        certificate.make("first");
        tlsPort = PackagedProgram.freePort();
        Map<String, String> environment = new HashMap<>(Map.of(
                "LAUREL_EMBEDDED_DATA_DIR",
                place.resolve("data").toString(),
                "QUARKUS_HTTP_SSL_PORT",
                Integer.toString(tlsPort),
                "LAUREL_HTTP_HEAD_TIMEOUT",
                "2s",
                "LAUREL_HTTP_MAX_CONNECTIONS",
                Integer.toString(MAX_CONNECTIONS)));
        environment.putAll(Map.of(
                "QUARKUS_HTTP_CORS_ENABLED",
                "true",
                "QUARKUS_HTTP_CORS_ORIGINS",
                PAGE,
                "QUARKUS_HTTP_CORS_METHODS",
                "GET,POST,PUT,PATCH,DELETE",
                "QUARKUS_HTTP_CORS_HEADERS",
                "authorization,x-api-key,content-type,idempotency-key,if-none-match,if-match",
                "QUARKUS_HTTP_CORS_EXPOSED_HEADERS",
                "etag,location,retry-after,ratelimit,ratelimit-policy,server-timing"));
        program = PackagedProgram.launch(
                place,
                PackagedProgram.freePort(),
                List.of(
                        "-Dquarkus.http.tls-configuration-name=https",
                        "-Dquarkus.tls.https.key-store.pem.0.cert=" + certificate.certificate(),
                        "-Dquarkus.tls.https.key-store.pem.0.key=" + certificate.key(),
                        "-Dquarkus.tls.https.reload-period=5S"),
                environment);
        program.awaitReady();
        plain = program.api().address();
    }

    @AfterAll
    static void stop() {
        if (program != null) {
            program.close();
        }
    }

    @Test
    void aCertificateThatIsReplacedIsReadAgain() throws Exception {
        assertThat(subject()).isEqualTo("CN=first");

        certificate.make("second");

        // Between its two files, and while they are read, handshakes may fail.
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(subject())
                .isEqualTo("CN=second"));
    }

    /** While the files are read again, a handshake may fail. */
    private static SSLSocket connected(String... protocols) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> SelfSigned.connect(tlsPort, protocols), it -> true);
    }

    private static String subject() throws IOException {
        try (SSLSocket socket = connected()) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void withinTlsBrowsersAreToldToComeBackThatWay() throws IOException {
        String answer = exchange("GET /api/v1 HTTP/1.1\r\n" + HOST + CLOSE);

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("strict-transport-security: max-age=31536000");
        assertThat(program.api().get("/api/v1").expect(200).header("Strict-Transport-Security"))
                .isEmpty();
        // What is refused before it is a request has them, too.
        assertThat(exchange("GET /%zz HTTP/1.1\r\n" + HOST + CLOSE))
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("strict-transport-security");
    }

    @Test
    void withinTlsTheSameRulesHold() throws IOException {
        try (SSLSocket socket = connected("h2", "http/1.1")) {
            assertThat(socket.getApplicationProtocol()).isNotEqualTo("h2");
        }
        assertThat(exchange("GET /api/v1 HTTP/1.1\r\n" + CLOSE)).startsWith("HTTP/1.1 400 ");
        // Slow headers, and none at all.
        assertThat(exchange("GET /api/v1 HTTP/1.1\r\nHost: lo")).startsWith("HTTP/1.1 408 ");
        assertThat(exchange("")).isEmpty();
    }

    private static String exchange(String text) throws IOException {
        try (SSLSocket socket = connected()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aPageOfAListedOriginMayReadAndWrite() throws IOException {
        Reply asked = preflight(PAGE, "PUT", "content-type,x-api-key");

        assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(asked.header("Access-Control-Allow-Methods")).contains("PUT");
        assertThat(asked.header("Access-Control-Allow-Headers")).containsIgnoringCase("x-api-key");
        // Keys are headers that a page sets; cookies and passwords of the browser are not taken.
        assertThat(asked.header("Access-Control-Allow-Credentials")).isIn("", "false");

        Reply made = RawHttp.exchange(
                plain,
                "PUT /api/v1/boards/cors HTTP/1.1\r\n" + HOST + "Origin: " + PAGE + "\r\nSec-Fetch-Site: cross-site\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 13\r\n" + CLOSE + "{\"title\":\"a\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(made.header("Access-Control-Expose-Headers"))
                .containsIgnoringCase("etag")
                .containsIgnoringCase("location")
                .containsIgnoringCase("ratelimit-policy");
    }

    @Test
    void aPageOfAnotherOriginMayNot() throws IOException {
        for (String origin :
                List.of("https://evil.example", "https://app.example.evil.example", "null", "http://app.example")) {
            Reply asked = preflight(origin, "PUT", "content-type");
            assertThat(asked.header("Access-Control-Allow-Origin"))
                    .as("%s", origin)
                    .isEmpty();

            Reply refused = RawHttp.exchange(
                    plain, "DELETE /api/v1/boards/cors HTTP/1.1\r\n" + HOST + "Origin: " + origin + "\r\n" + CLOSE);
            assertThat(refused.status()).as("%s", origin).isEqualTo(403);
            assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
        }
        // A method that is not listed.
        assertThat(preflight(PAGE, "TRACE", "content-type").header("Access-Control-Allow-Methods"))
                .doesNotContain("TRACE");
    }

    private static Reply preflight(String origin, String method, String headers) throws IOException {
        return RawHttp.exchange(
                plain,
                "OPTIONS /api/v1/boards/cors HTTP/1.1\r\n" + HOST + "Origin: " + origin
                        + "\r\nAccess-Control-Request-Method: " + method + "\r\nAccess-Control-Request-Headers: "
                        + headers
                        + "\r\n" + CLOSE);
    }

    @Test
    void connectionsBeyondTheBoundAreRefusedAndCounted() throws IOException {
        List<RawHttp> connections = new ArrayList<>();
        try {
            Problems.assertProblem(
                    await().atMost(PATIENCE).until(() -> next(connections), reply -> reply.status() == 503), 503);
        } finally {
            for (RawHttp connection : connections) {
                connection.close();
            }
        }
        assertThat(program.management().get("/q/metrics").expect(200).text())
                .containsPattern("laurel_http_connections_refused_total\\{reason=\"total\"} [1-9]");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> program.api().get("/api/v1").status() == 200);
    }

    /** Opens one that is kept while it is served. */
    private static Reply next(List<RawHttp> connections) throws IOException {
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            connections.add(new RawHttp(plain));
        }
        return RawHttp.exchange(plain, "");
    }
}
