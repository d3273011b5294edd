package dev.laurel.web.rankings;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.access.AccessMode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.LoggedTraces;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RunningStores;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.web.export.ExportConfig;
import dev.laurel.web.export.ExportSlots;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Clients that open an export and do not read it are bounded in number and time. */
@QuarkusTest
class ExportLimitsComponentTest {

    private static final int PLAYERS = 20_000;
    private static final int CLIENTS = 40;

    @TestHTTPResource
    URI service;

    @Inject
    ExportSlots slots;

    @Inject
    ExportConfig config;

    @Inject
    AccessMode mode;

    private final BoardSpec board = aBoard("exports").allTime().build();
    private final List<Socket> clients = new ArrayList<>();
    private final RunningStores stores = EmbeddedStores.current();
    private LaurelApi api;

    @BeforeEach
    void moreThanTheBuffersOfAConnectionHold() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        String name = "p".repeat(100);
        for (int from = 0; from < PLAYERS; from += 10_000) {
            api.submitAll(
                            board.id(),
                            IntStream.range(from, from + 10_000)
                                    .mapToObj(i -> ScoreEvent.of(name + i, "1"))
                                    .toList())
                    .expect(200);
        }
        assertThat(slots.taken()).isZero();
    }

    @AfterEach
    void resumeTheStores() {
        stores.resumeRedis();
        stores.resumePostgres();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> assertThat(
                        api.submit(board.id(), ScoreEvent.of("p", "1")).status())
                .isEqualTo(200));
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    @DisplayName("trap 37: clients that do not read an export are bounded in number and time")
    void fortyWhoDoNotReadKeepNobodyForLong() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(open());
        }

        List<Socket> refused = new ArrayList<>();
        List<Socket> accepted = new ArrayList<>();
        for (Socket client : clients) {
            (statusOf(client).startsWith("HTTP/1.1 503 ") ? refused : accepted).add(client);
        }
        assertThat(accepted).hasSize(config.concurrent());
        assertThat(refused).hasSize(CLIENTS - config.concurrent());
        assertThat(slots.taken()).isEqualTo(config.concurrent());
        assertThat(api.get(export()).expect(503).header("Retry-After")).isNotBlank();
        api.get(LaurelApi.ranking(board.id(), "all_time")).expect(200);

        await().atMost(Duration.ofSeconds(30)).until(() -> slots.taken() == 0);

        for (Socket client : accepted) {
            assertThat(endsEarly(client)).isTrue();
        }
        assertThat(api.get(export()).expect(200).text().lines()).hasSize(PLAYERS + 1);
        assertThat(slots.taken()).isZero();
    }

    @Test
    void thoseWithoutACredentialHaveOneSlotOfTheirOwn() throws IOException {
        String key = api.post("/api/v1/admin/keys", "{\"name\":\"exports\",\"scopes\":[\"read\"]}")
                .expect(201)
                .json()
                .path("key")
                .asText();
        api.patch("/api/v1/boards/" + board.id(), "{\"access\":{\"publicRead\":true}}")
                .expect(200);
        mode.open(false);
        try {
            for (int i = 0; i < 3; i++) {
                clients.add(open());
            }
            int accepted = 0;
            for (Socket client : clients) {
                accepted += statusOf(client).startsWith("HTTP/1.1 200 ") ? 1 : 0;
            }

            assertThat(accepted).isEqualTo(1);
            assertThat(api.get(export(), "X-API-Key", key).expect(200).text().lines())
                    .hasSize(PLAYERS + 1);
        } finally {
            mode.open(true);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> slots.taken() == 0);
    }

    @Test
    void whoHangsUpGivesTheSlotBackAtOnce() {
        // A busy machine is late now and then; whom nobody notices keeps the slot as long as who does not read, each
        // time.
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    clients.clear();
                    for (int i = 0; i < config.concurrent(); i++) {
                        clients.add(open());
                    }
                    for (Socket client : clients) {
                        assertThat(statusOf(client)).startsWith("HTTP/1.1 200 ");
                    }

                    hangUp();
                    long hungUp = System.nanoTime();

                    await().atMost(Duration.ofSeconds(30)).until(() -> slots.taken() == 0);
                    assertThat(Duration.ofNanos(System.nanoTime() - hungUp))
                            .isLessThan(config.stalledAfter().dividedBy(2));
                });
    }

    @Test
    void aSlowReaderGetsEverything() throws IOException {
        Socket client = open();
        clients.add(client);
        client.setSoTimeout(20_000);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] some = new byte[64 * 1024];
        InputStream in = client.getInputStream();
        String end = "";
        while (!end.endsWith("0\r\n\r\n")) {
            int read = in.read(some);
            assertThat(read).as("bytes after %d", answer.size()).isPositive();
            answer.write(some, 0, read);
            end += new String(some, Math.max(0, read - 5), Math.min(5, read), StandardCharsets.US_ASCII);
            end = end.substring(Math.max(0, end.length() - 5));
        }

        assertThat(answer.toString(StandardCharsets.UTF_8).split(",1,")).hasSize(PLAYERS + 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> slots.taken() == 0);
    }

    @Test
    void whatCannotBeReadAnyMoreIsBrokenOffWithoutATrace() throws IOException {
        Socket client = open();
        clients.add(client);
        assertThat(statusOf(client)).startsWith("HTTP/1.1 200 ");
        try (LoggedTraces log = new LoggedTraces()) {
            stores.pauseRedis();
            stores.pausePostgres();

            assertThat(endsEarly(client)).isTrue();

            await().atMost(Duration.ofSeconds(30)).until(() -> slots.taken() == 0);
            assertThat(log.found()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson"})
    void whatCannotBeReadFromTheStartIsAProblem(String format) {
        stores.pauseRedis();
        stores.pausePostgres();
        try (LoggedTraces log = new LoggedTraces()) {
            Reply refused = api.get(export() + "?format=" + format);

            assertProblem(refused, 503);
            assertThat(refused.header("Retry-After")).isNotBlank();
            assertThat(refused.header("Content-Disposition")).isEmpty();
            assertThat(slots.taken()).isZero();
            assertThat(log.found()).isEmpty();
        }
    }

    private String export() {
        return LaurelApi.ranking(board.id(), "all_time") + "/export";
    }

    /** A client with room for a few kilobytes of the answer. */
    private Socket open() throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(4 * 1024);
        client.setSoTimeout(10_000);
        client.connect(new InetSocketAddress(service.getHost(), service.getPort()));
        client.getOutputStream()
                .write(("GET " + export() + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    /** Reads the first line of an answer, and no more. */
    private static String statusOf(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = client.getInputStream().read();
                read >= 0 && read != '\r';
                read = client.getInputStream().read()) {
            line.append((char) read);
        }
        return line.toString();
    }

    /** Whether an answer breaks off without its end. */
    private static boolean endsEarly(Socket client) throws IOException {
        byte[] rest;
        try {
            rest = client.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return true;
        }
        return !new String(rest, StandardCharsets.US_ASCII).endsWith("0\r\n\r\n");
    }
}
