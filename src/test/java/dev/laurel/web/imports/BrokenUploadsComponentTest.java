package dev.laurel.web.imports;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Uploads.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.imports.ImportConfig;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files that end before their end, have nothing but faults, or do not arrive. */
@QuarkusTest
class BrokenUploadsComponentTest {
    private static final int ROWS = 1_200;

    @TestHTTPResource
    URI service;

    @Inject
    ImportConfig config;

    private final BoardSpec board = aBoard("broken").sum().build();
    private LaurelApi api;
    private Uploads uploads;

    @BeforeEach
    void anEmptyBoard() {
        api = new LaurelApi(service);
        uploads = new Uploads(api);
        api.putBoard(board).expect(201);
    }

    @Test
    void rowsBeforeABreakCount() {
        String file = "player,score\n" + rows("p%d,1\n") + "cut,\"1\n";

        JsonNode done = uploads.run(form(board.id(), "EVENTS"), "a.csv", file);

        assertThat(done.path("state").asText()).isEqualTo("FAILED");
        assertThat(done.path("failure").asText()).contains("quote is missing");
        assertThat(done.path("rows").path("applied").asInt()).isEqualTo(ROWS);
        assertThat(api.get(LaurelApi.ranking(board.id(), "all_time"))
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(ROWS);
    }

    @Test
    void aLongReportComesWholeAndInOrder() {
        JsonNode done = uploads.run(form(board.id(), "EVENTS"), "a.csv", "player,score\nann,1\n" + rows("=p%d,x\n"));

        List<String> lines = api.get("/api/v1/imports/" + done.path("id").asLong() + "/errors/report")
                .expect(200)
                .text()
                .lines()
                .toList();
        assertThat(lines).hasSize(2 * ROWS + 1).startsWith("row,column,value,reason");
        assertThat(lines.get(1)).startsWith("3,player,'=p0,");
        assertThat(lines.get(2)).startsWith("3,score,x,");
        assertThat(lines.get(2 * ROWS)).startsWith((ROWS + 2) + ",score,x,");
    }

    @Test
    void clientsThatSendNothingDoNotKeepOthersOut() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < config.uploads(); i++) {
                Socket socket = new Socket(service.getHost(), service.getPort());
                silent.add(socket);
                socket.getOutputStream()
                        .write(("POST /api/v1/imports HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
                                        + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
                                        + "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nplayer")
                                .getBytes(StandardCharsets.UTF_8));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> uploads.send(form(board.id(), "EVENTS"), "a.csv", "player,score\nann,1\n")
                                    .status()
                            == 503);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> uploads.send(form(board.id(), "EVENTS"), "b.csv", "player,score\nbob,1\n")
                                    .status()
                            == 202);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static String rows(String format) {
        return IntStream.range(0, ROWS).mapToObj(format::formatted).collect(Collectors.joining());
    }
}
