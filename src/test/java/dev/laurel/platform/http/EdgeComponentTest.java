package dev.laurel.platform.http;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.LoggedTraces;
import dev.laurel.testing.Period;
import dev.laurel.testing.RawHttp;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.compression.Brotli;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What holds for every answer, and who may change something. */
@QuarkusTest
class EdgeComponentTest {
    private static final String SYNC = "/api/redis-leaderboard/admin/sync";

    @TestHTTPResource
    URI service;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    MeterRegistry meters;

    private final BoardSpec board = aBoard("at-the-edge").build();
    private LaurelApi api;

    @BeforeEach
    void aRankingOfThirty() {
        api = new LaurelApi(service);
        api.putBoard(board);
        api.submitAll(
                        board.id(),
                        IntStream.range(0, 30)
                                .mapToObj(score -> ScoreEvent.of("player-" + score, Integer.toString(score)))
                                .toList())
                .expect(200);
    }

    @Test
    @DisplayName("trap 34: caches keep compressed and plain answers apart")
    void compressionIsToldToCachesAndLeavesShortAnswersAlone() {
        Reply longAnswer = top("limit=30", "Accept-Encoding", "gzip");
        Reply plain = top("limit=30");
        Reply shortAnswer = top("limit=1", "Accept-Encoding", "gzip");
        Reply unchanged = top("limit=30", "Accept-Encoding", "gzip", "If-None-Match", plain.header("ETag"));

        assertThat(longAnswer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(longAnswer.header("ETag")).isEqualTo(plain.header("ETag"));
        assertThat(plain.bytes().length).isGreaterThan(1_000);
        assertThat(shortAnswer.bytes().length).isLessThan(1_000);
        unchanged.expect(304);
        assertThat(List.of(plain, shortAnswer, unchanged))
                .allSatisfy(
                        reply -> assertThat(reply.header("Content-Encoding")).isEmpty());
        assertThat(List.of(longAnswer, plain, shortAnswer, unchanged))
                .allSatisfy(reply -> assertThat(reply.headers().allValues("Vary"))
                        .as("Vary of %s", reply)
                        .containsExactlyInAnyOrder("accept-encoding", "Authorization, X-API-Key"));
    }

    @Test
    void brotliIsPreferredWhereItIsThere() {
        Reply packed = top("limit=30", "Accept-Encoding", "gzip, deflate, br");

        assertThat(packed.header("Content-Encoding")).isEqualTo(Brotli.isAvailable() ? "br" : "gzip");
        assertThat(packed.bytes().length).isLessThan(top("limit=30").bytes().length / 2);
    }

    @Test
    void everyAnswerForbidsToGuessItsType() {
        assertThat(List.of(
                        top("limit=1"),
                        top("limit=0"),
                        api.get("/nothing/here"),
                        api.get("/q/openapi"),
                        api.postAs(SYNC, "text/plain", "x"),
                        new LaurelApi(management).get("/q/health/live"),
                        new LaurelApi(management).get("/q/metrics")))
                .allSatisfy(reply -> assertThat(reply.headers().allValues("X-Content-Type-Options"))
                        .as("header of %s", reply)
                        .containsExactly("nosniff"));
    }

    @Test
    void answersMayDoNothingInABrowserAndPagesOnlyWhatTheyNeed() {
        for (Reply answer : List.of(top("limit=1"), top("limit=0"), api.get("/nothing/here"), api.get("/"))) {
            assertThat(answer.header("Content-Security-Policy"))
                    .as("header of %s", answer)
                    .isEqualTo("default-src 'none'; frame-ancestors 'none'");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        }
        Reply page = api.get("/q/swagger-ui/").expect(200);
        assertThat(page.header("Content-Security-Policy"))
                .contains("script-src 'self' 'unsafe-inline'", "connect-src 'self'", "frame-ancestors 'none'");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        // What the page loads comes from where the policy allows it.
        assertThat(page.text()).contains("swagger-ui-bundle.js").doesNotContain("src=\"http", "href=\"http");
    }

    @Test
    void aCompressedBodyIsRefused() {
        String scores = "/api/v1/boards/" + board.id() + "/scores";
        String event = "{\"playerId\":\"packed\",\"score\":1}";

        assertProblem(api.post(scores, event, "Content-Encoding", "gzip"), 415);
        assertProblem(api.post(scores, event, "Content-Encoding", "br, identity"), 415);
        api.post(scores, event, "Content-Encoding", "identity").expect(200);
    }

    @Test
    @DisplayName("trap 38: a page of another origin changes nothing")
    void aPageOfAnotherOriginChangesNothing() throws IOException {
        for (String method : List.of("POST " + SYNC, "DELETE /api/v1/boards/" + board.id())) {
            for (String said : List.of(
                    "Origin: http://evil.example",
                    "Origin: null",
                    "Sec-Fetch-Site: cross-site",
                    "User-Agent: Mozilla/4.0")) {
                Reply reply = RawHttp.exchange(
                        service, method + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + said + "\r\n\r\n");

                assertProblem(reply, 403);
                assertThat(reply.json().path("code").asText()).isEqualTo("CROSS_ORIGIN");
            }
        }
        assertProblem(api.postAs(SYNC, "text/plain", "{}"), 415);
        api.board(board.id()).expect(200);
    }

    @Test
    void aPageOfItsOwnAndAProgramMayChangeSomething() throws IOException {
        for (String said : List.of(
                "Origin: http://localhost", "Sec-Fetch-Site: same-origin", "Accept: */*", "X-Laurel-Client: me")) {
            assertThat(RawHttp.exchange(
                                    service,
                                    "POST " + SYNC + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + said
                                            + "\r\n\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "GET"})
    void aNulInAPathNamesItsPlace(String method) throws IOException {
        Map<String, String> paths = Map.of(
                "/api/v1/boards/%00", "board",
                "/api/v1/boards/a%1Fb/freeze", "board",
                "/api/v1/boards/a/seasons/%00", "season");
        for (Map.Entry<String, String> path : paths.entrySet()) {
            assertProblem(
                    RawHttp.exchange(
                            service,
                            method + " " + path.getKey() + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
                    422,
                    path.getValue());
        }
    }

    @Test
    void hostileTextsInParametersAndBodiesAreNamed() {
        String ranking = LaurelApi.ranking(board.id(), "daily");
        assertProblem(api.get(ranking + "?window=%00"), 422, "window");
        assertProblem(api.get(ranking + "/players/%00"), 422, "player");
        assertProblem(api.post(ranking + "/lookup", "{\"playerIds\":[null]}"), 422, "playerIds");
        assertProblem(api.post("/api/v1/scores", multi("[null]", "a")), 422, "boards");
        assertProblem(api.post("/api/v1/scores", multi("[\"\\u0000\"]", "a")), 422, "boards");
        assertProblem(api.post("/api/v1/scores", multi("[\"a\"]", "\\ud800")), 422, "playerId");
        assertProblem(api.putBoard("hostile", "{\"title\":\"a\\u0000\"}"), 422, "title");
        assertProblem(api.putBoard("hostile", "{\"title\":\"x\",\"periods\":[null]}"), 422, "periods");
        assertProblem(api.putBoard("hostile", "{\"title\":\"x\",\"metrics\":[null]}"), 422, "metrics");
        assertProblem(
                api.submit(board.id(), "{\"playerId\":\"a\",\"score\":1,\"metrics\":{\"x\":null}}"), 422, "metrics");
        assertProblem(
                api.submit(board.id(), "{\"playerId\":\"a\",\"score\":1,\"attributes\":{\"x\":\"\\udc00\"}}"),
                422,
                "attributes");
        assertProblem(api.putBoard("hostile", "\0\0{\"title\":\"x\"}"), 400);
    }

    private static String multi(String boards, String player) {
        return "{\"boards\":" + boards + ",\"playerId\":\"" + player + "\",\"score\":1}";
    }

    @Test
    @DisplayName("trap 36: invented paths and methods make no labels")
    void inventedPathsAndMethodsMakeNoLabels() throws IOException {
        for (int i = 0; i < 150; i++) {
            api.get("/invented/" + i);
            api.postAs("/api/v1/boards/invented-" + i, "application/json", "{}");
            RawHttp.exchange(
                    service, "INVENT" + i + " /api/v1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }
        api.get(LaurelApi.ranking(board.id(), "daily") + "/what-if?score=3").expect(200);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> meters.find("http.server.requests")
                                .tag("uri", "/api/v1/boards/{board}/rankings/{period}/what-if")
                                .timer()
                        != null);
        assertThat(meters.find("http.server.requests").timers())
                .extracting(timer -> timer.getId().toString().toLowerCase(java.util.Locale.ROOT))
                .noneMatch(label -> label.contains("invent"));
        String scraped = new LaurelApi(management).get("/q/metrics").text();
        assertThat(scraped.lines()
                        .filter(line -> line.startsWith("http_server_requests_seconds_bucket")
                                && line.contains("/what-if\"")
                                && line.contains("status=\"200\"")))
                .hasSize(13);
    }

    @Test
    void clearingTheCacheDuringASyncIsNoFailureOfRedis() throws Exception {
        List<Thread> clearing = IntStream.range(0, 2)
                .mapToObj(number -> new Thread(() -> {
                    for (int i = 0; i < 40; i++) {
                        api.delete("/api/redis-leaderboard/admin/cache").expect(200);
                    }
                }))
                .toList();
        clearing.forEach(Thread::start);

        for (int i = 0; i < 40; i++) {
            Reply reply = api.post(SYNC, "");
            assertThat(reply.status()).as("%s", reply).isIn(200, 409);
        }

        for (Thread one : clearing) {
            one.join();
        }
    }

    @Test
    void clientsThatHangUpAreNoFailures() throws IOException {
        try (LoggedTraces log = new LoggedTraces()) {
            for (int i = 0; i < 10; i++) {
                for (String text : List.of(
                        "GET " + LaurelApi.ranking(board.id(), "daily") + "?limit=1000 HTTP/1.1\r\nHost: a\r\n\r\n",
                        "GET /api/v1 HTTP/1.1\r\nHost",
                        "POST /api/v1/boards/a/scores HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 9\r\n\r\n{")) {
                    try (RawHttp connection = new RawHttp(service)) {
                        connection.send(text);
                    }
                }
            }
            api.get("/api/v1").expect(200);

            assertThat(log.found()).isEmpty();
        }
    }

    private Reply top(String query, String... headers) {
        return api.top(board.id(), Period.ALL_TIME, query, headers);
    }
}
