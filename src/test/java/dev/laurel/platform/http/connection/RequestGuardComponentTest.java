package dev.laurel.platform.http.connection;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.LoggedTraces;
import dev.laurel.testing.RawHttp;
import dev.laurel.testing.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** What is no proper request is refused with a problem document, and is no matter for the log. */
@QuarkusTest
class RequestGuardComponentTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String CLOSE = "Connection: close\r\n\r\n";
    /** Of what ends by itself after some seconds, on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(25);

    private static final String BODY = "{\"playerId\":\"ann\",\"score\":1}";

    @TestHTTPResource
    URI service;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /api/v1 HTTP/1.1\\r\\n | 400 | Host",
                "GET /api/v1 HTTP/1.1\\r\\nHost: a b\\r\\n | 400 | Host",
                "GET /api/v1 HTTP/1.1\\r\\nHost: \\r\\n | 400 | Host",
                "GET /api/v1 HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n | 400 | Host",
                "GET /api/v1 HTTP/1.1\\r\\nHost: user@a\\r\\n | 400 | Host",
                "GET /api/v1/boards/%zz HTTP/1.1\\r\\nHost: a\\r\\n | 400 | path",
                "GET /api/v1/boards/%2 HTTP/1.1\\r\\nHost: a\\r\\n | 400 | path",
                "GET /api/v1/boards/%c0%80 HTTP/1.1\\r\\nHost: a\\r\\n | 400 | path",
                "GET /api/v1/boards/%ed%a0%80 HTTP/1.1\\r\\nHost: a\\r\\n | 400 | path",
                "GET /api/v1/boards/%ff HTTP/1.1\\r\\nHost: a\\r\\n | 400 | path",
                "GET /api/v1/boards/é HTTP/1.1\\r\\nHost: a\\r\\n | 400 | path",
                "GET /api/v1/boards/<a> HTTP/1.1\\r\\nHost: a\\r\\n | 400 | path",
                "GET // HTTP/1.1\\r\\nHost: a\\r\\n | 400 | path",
                "GET /api/v1/boards?page=%ff HTTP/1.1\\r\\nHost: a\\r\\n | 400 | page",
                "GET /api/v1/boards?limit=1&page=%e2%82 HTTP/1.1\\r\\nHost: a\\r\\n | 400 | page",
                "GET /api/v1/boards?%ff=1 HTTP/1.1\\r\\nHost: a\\r\\n | 400 | query",
            })
    void whatCannotBeReadIsNamed(String head, int status, String field) throws IOException {
        try (LoggedTraces log = new LoggedTraces()) {
            Reply reply = RawHttp.exchange(service, head.replace("\\r\\n", "\r\n") + CLOSE);

            assertProblem(reply, status, field);
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(log.found()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 28\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 28\r\n",
                "Content-Length: 28\r\nContent-Length: 29\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 1e3\r\n",
            })
    void aBodyHasOneLength(String length) throws IOException {
        Reply reply = RawHttp.exchange(
                service,
                "POST /api/v1/boards/guarded/scores HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n" + length
                        + "\r\n1c\r\n" + BODY + "\r\n0\r\n\r\n");

        assertProblem(reply, 400);
    }

    @Test
    void overlongLinesAndHeadersAreProblems() throws IOException {
        assertProblem(RawHttp.exchange(service, "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HOST + CLOSE), 414);
        assertProblem(
                RawHttp.exchange(
                        service, "GET / HTTP/1.1\r\n" + HOST + "X-Long: " + "a".repeat(100_000) + "\r\n" + CLOSE),
                431);
        assertProblem(RawHttp.exchange(service, "\u0016\u0003\u0001 no HTTP at all\r\n\r\n"), 400);
        assertProblem(RawHttp.exchange(service, "GET /api/v1 HTTP/1.1\r\n" + HOST + "no colon\r\n" + CLOSE), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVENTED", "TRACE", "PROPFIND", "get"})
    void anUnknownMethodIsAProblem(String method) throws IOException {
        assertProblem(RawHttp.exchange(service, method + " /api/v1 HTTP/1.1\r\n" + HOST + CLOSE), 405);
    }

    @Test
    void clearTextIsNotTurnedIntoHttp2() throws IOException {
        String upgrade =
                "GET /api/v1 HTTP/1.1\r\n" + HOST + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"
                        + "Connection: Upgrade, HTTP2-Settings\r\n\r\n";

        Reply reply = RawHttp.exchange(service, upgrade + "GET /api/v1 HTTP/1.1\r\n" + HOST + CLOSE);

        assertThat(reply.status()).isEqualTo(200);
        for (URI port : new URI[] {service, management}) {
            assertThat(RawHttp.exchange(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                            .bytes())
                    .isEmpty();
        }
    }

    @Test
    void aClientOfHttp10NeedNotNameAHost() throws IOException {
        try (LoggedTraces log = new LoggedTraces()) {
            assertThat(RawHttp.exchange(service, "GET /api/v1 HTTP/1.0\r\n\r\n").status())
                    .isEqualTo(200);
            assertThat(log.found()).isEmpty();
        }
    }

    @Test
    void whatFollowsARefusedRequestIsNotCarriedOut() throws IOException {
        Reply reply = RawHttp.exchange(
                service,
                "GET /api/v1 HTTP/1.1\r\n" + HOST + "\r\n" + "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n"
                        + "GET /api/v1 HTTP/1.1\r\n" + HOST + CLOSE);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text().split("HTTP/1.1 [0-9]", -1)).hasSize(2);
        assertThat(reply.text()).contains("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1 HTTP/1.1\r\nHost: local",
                "GET /api",
                "GET /api/v1 HTTP/1.1\r\nHost: localhost\r\n\r\nGET /api/v1 HTTP/1.1\r\nHost: localhost\r\n",
            })
    void slowHeadersEndTheConnection(String part) throws IOException {
        Reply reply = within(LONG, () -> RawHttp.exchange(service, part));

        assertThat(reply.text() + reply.status()).contains("408");
    }

    @Test
    void slowHeadersEndTheConnectionOfThePortOfHealthToo() throws IOException {
        String part = "POST /q/health/live HTTP/1.1\r\nHost: local";

        assertProblem(within(LONG, () -> RawHttp.exchange(management, part)), 408);
    }

    @Test
    void aConnectionOnWhichNothingIsAskedIsClosed() throws IOException {
        assertThat(within(LONG, () -> RawHttp.exchange(service, "")).bytes()).isEmpty();
    }

    @Test
    void aSlowBodyEndsTheConnection() throws IOException {
        try (LoggedTraces log = new LoggedTraces()) {
            Reply reply = within(
                    LONG,
                    () -> RawHttp.exchange(
                            service,
                            "POST /api/v1/boards/guarded/scores HTTP/1.1\r\n" + HOST
                                    + "Content-Type: application/json\r\nContent-Length: 28\r\n\r\n{"));

            assertThat(reply.bytes()).isEmpty();
            assertThat(log.found()).isEmpty();
        }
    }

    @Test
    void aConnectionThatIsKeptIsNotClosed() throws Exception {
        try (RawHttp connection = new RawHttp(service)) {
            connection.send("GET /api/v1 HTTP/1.1\r\n" + HOST + "\r\n");
            // Longer than a request may take.
            assertThat(connection.open(Duration.ofSeconds(5))).isTrue();
            connection.send("GET /api/v1 HTTP/1.1\r\n" + HOST + CLOSE);
            assertThat(connection.untilClosed().status()).isEqualTo(200);
        }
    }

    private static Reply within(Duration bound, Exchange exchange) throws IOException {
        long started = System.nanoTime();
        Reply reply = exchange.run();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(bound);
        return reply;
    }

    private interface Exchange {
        Reply run() throws IOException;
    }
}
