package dev.laurel.web.body;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OpenApiDocument;
import dev.laurel.testing.OpenApiDocument.Operation;
import dev.laurel.testing.RawHttp;
import dev.laurel.testing.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every operation with a body has a bound for it, and refuses a body beyond it with a problem document. */
@QuarkusTest
class BodyBoundsComponentTest {
    private static final String SCORES = "/api/v1/boards/no-such-board/scores";
    private static final String SUBMISSIONS = "/api/v1/challenges/no-such-challenge/easy/submissions";
    private static final String PUT_PLAYER = "/api/v1/players/bounded";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    BodyMemory memory;

    private List<Operation> withBody(OpenApiDocument document) {
        return document.operations().stream()
                .filter(operation ->
                        !operation.bodies().isEmpty() && !operation.bodies().has("multipart/form-data"))
                .toList();
    }

    @Test
    @DisplayName("trap 24: one byte beyond the bound of an operation is 413, with a declared length and in chunks")
    void oneByteBeyondTheBoundIsRefused() throws IOException {
        OpenApiDocument document = OpenApiDocument.of(new LaurelApi(service));
        List<String> faults = new ArrayList<>();
        for (Operation operation : withBody(document)) {
            JsonNode bound = document.extension(operation, "x-laurel-max-body");
            if (!bound.isInt()) {
                faults.add(operation + " does not say how long its body may be");
                continue;
            }
            if (send(operation, bound.asInt(), false).status() == 413
                    || send(operation, bound.asInt(), true).status() == 413) {
                faults.add(operation + " refuses a body of the length that the document allows");
            }
            assertProblem(send(operation, bound.asInt() + 1, false), 413);
            assertProblem(send(operation, bound.asInt() + 1, true), 413);
        }

        assertThat(faults).isEmpty();
        assertThat(withBody(document)).hasSizeGreaterThan(30);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(memory.taken()).isZero());
    }

    /** What is sent is no JSON: only whether it is too long is asked here. */
    private Reply send(Operation operation, int length, boolean chunked) throws IOException {
        String path = operation.path().replace("{period}", "daily").replaceAll("\\{[^}]*}", "bounded");
        String head = operation.method() + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: " + operation.bodies().fieldNames().next() + "\r\n";
        String body = " ".repeat(length);
        return RawHttp.exchange(
                service,
                chunked
                        ? head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(length) + "\r\n" + body
                                + "\r\n0\r\n\r\n"
                        : head + "Content-Length: " + length + "\r\n\r\n" + body);
    }

    @Test
    void aBodyThatGoesOnAndOnIsRefusedInTheMiddle() throws IOException {
        String piece = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

        assertProblem(RawHttp.exchange(service, head(SCORES, "Transfer-Encoding: chunked") + piece.repeat(40)), 413);
        assertProblem(RawHttp.exchange(service, head(SCORES, "Content-Length: 8388609")), 413);
        assertProblem(RawHttp.exchange(service, head(SCORES, "Content-Length: 99999999999999999999")), 400);
    }

    @Test
    void theDiscardedRestOfABodyIsBounded() throws IOException {
        String piece = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        String nothing = "GET /api/v1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

        try (RawHttp connection = new RawHttp(service)) {
            connection.send(nothing);
            await().atMost(PATIENCE).until(() -> isClosed(connection, piece));
        }
    }

    private static boolean isClosed(RawHttp connection, String piece) {
        try {
            for (int i = 0; i < 32; i++) {
                connection.send(piece);
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void aBodyIsTextInUtf8() throws IOException {
        for (String broken : List.of(
                "\u00c1\u0081", // an overlong A
                "\u00c0\u0080", // an overlong NUL
                "\u00ed\u00a0\u0080", // half of a character
                "\u00f4\u0090\u0080\u0080", // beyond the last one
                "\u00ff",
                "\u00e2\u0082",
                "\0")) {
            String json = "{\"displayName\":\"Ada " + broken + "\"}";

            assertProblem(
                    RawHttp.exchange(
                            service,
                            "PUT " + PUT_PLAYER + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n"
                                    + json),
                    400,
                    "body");
        }
        String sound = "{\"displayName\":\"Ad\u00c3\u00a9 \u00f0\u009f\u008f\u0086\"}";
        assertThat(RawHttp.exchange(
                                service,
                                "PUT " + PUT_PLAYER + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                        + "Content-Type: application/json\r\nContent-Length: " + sound.length()
                                        + "\r\n\r\n" + sound)
                        .status())
                .isIn(200, 201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Nothing: 1",
                "Content-Type: application/xml",
                "Content-Type: application/json; charset=utf-16",
                "Content-Type: application/json;charset=\"iso-8859-2\"",
                "Content-Type: application/octet-stream",
                "Content-Type: text/json",
                "Content-Type: */*",
                "Content-Type: application/*",
                "Content-Type: application/problem+json",
                "Content-Type: json",
                "Content-Type: application/json/x",
                "Content-Type: application/json, application/json",
                "Content-Type: ;",
                "Content-Type: ",
            })
    void anotherTypeThanJsonIsRefused(String header) throws IOException {
        String body = "{\"playerId\":\"a\",\"score\":1}";

        Reply reply = RawHttp.exchange(
                service,
                head(SCORES, header, "Content-Length: " + body.length())
                                .replace("Content-Type: application/json\r\n", "")
                        + body);

        assertProblem(reply, 415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                "application/json; charset=UTF-8",
                "application/json;charset=\"iso-8859-1\""
            })
    void jsonMayBeNamedInSeveralWays(String type) {
        assertProblem(new LaurelApi(service).postAs(SCORES, type, "{\"playerId\":\"a\",\"score\":1}"), 404);
    }

    @Test
    void deepJsonIsRefused() {
        LaurelApi api = new LaurelApi(service);
        for (int depth : new int[] {70, 5_000}) {
            Reply reply = api.post(SUBMISSIONS, submission(depth));

            assertProblem(reply, 400);
            assertThat(reply.json().path("detail").asText()).contains("nested");
        }
        assertProblem(api.post(SUBMISSIONS, submission(50)), 404);
    }

    private static String submission(int depth) {
        return "{\"playerId\":\"a\",\"content\":\"b\",\"cleared\":true,\"attempt\":{\"a\":" + "[".repeat(depth)
                + "]".repeat(depth) + "}}";
    }

    @Test
    void manyHeadersAreRefused() throws IOException {
        String one = "GET /api/v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

        assertProblem(RawHttp.exchange(service, one + "A: b\r\n".repeat(99) + "\r\n"), 431);
        assertThat(RawHttp.exchange(service, one + "A: b\r\n".repeat(98) + "\r\n")
                        .status())
                .isEqualTo(200);
    }

    private static String head(String path, String... headers) {
        return "POST " + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n";
    }
}
