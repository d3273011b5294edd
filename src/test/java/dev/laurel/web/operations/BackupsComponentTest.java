package dev.laurel.web.operations;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.Reply;
import dev.laurel.testing.TestFolders;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Backups over HTTP: made, listed, verified, refused to a service in use, removed. */
@QuarkusTest
class BackupsComponentTest {
    private static final String BACKUPS = "/api/v1/admin/backups";
    private static final String UNKNOWN = "20200101T000000Z-000000";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource
    URI service;

    private LaurelApi api;

    @BeforeEach
    void aServiceWithABoard() {
        api = new LaurelApi(service);
        String board = "saved-" + Long.toString(System.nanoTime(), 36);
        api.putBoard(board, "{\"title\":\"Saved\"}").expect(201);
        api.post("/api/v1/boards/" + board + "/scores", "{\"playerId\":\"ann\",\"score\":3}")
                .expect(200);
    }

    @Test
    void aBackupIsMadeListedVerifiedAndRemoved() throws IOException {
        String id = create();

        JsonNode backup = complete(id);
        assertThat(backup.path("rows").asLong()).isPositive();
        assertThat(backup.path("bytes").asLong()).isPositive();
        assertThat(backup.path("rawBytes").asLong())
                .isGreaterThan(backup.path("bytes").asLong());
        assertThat(backup.path("trigger").asText()).isEqualTo("REQUEST");
        assertThat(backup.path("encrypted").asBoolean()).isFalse();
        assertThat(api.get(BACKUPS).expect(200).json().path("items").findValuesAsText("id"))
                .contains(id);
        JsonNode verified = work(id, "verify");
        assertThat(verified.path("state").asText()).as("%s", verified).isEqualTo("DONE");
        assertThat(verified.path("rows").asLong()).isEqualTo(backup.path("rows").asLong());
        assertThat(api.get("/api/v1/admin/log?limit=20")
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("reason"))
                .anyMatch(reason -> reason.contains(id) && reason.contains("tonight"));

        damage(id);
        JsonNode damaged = work(id, "verify");
        assertThat(damaged.path("state").asText()).isEqualTo("FAILED");
        assertThat(damaged.path("damages").findValuesAsText("file")).containsExactly("board-0001.ndjson.zst");
        assertThat(damaged.path("problem").asText()).startsWith("board-0001.ndjson.zst has another SHA-256");

        untilFree(() -> api.delete(BACKUPS + "/" + id)).expect(204);
        assertProblem(api.get(BACKUPS + "/" + id), 404);
        assertProblem(api.delete(BACKUPS + "/" + id), 404);
    }

    @Test
    void aServiceInUseTakesNoRestore() {
        String id = create();
        complete(id);

        Reply refused = untilFree(() -> api.post(BACKUPS + "/" + id + "/restore?reason=mistake", ""), "not empty");

        assertProblem(refused, 409);
        assertThat(refused.json().path("detail").asText()).contains("boards", "rows of score_event");
        assertProblem(api.get(BACKUPS + "/" + id + "/restore"), 404);
        assertProblem(api.post(BACKUPS + "/" + UNKNOWN + "/restore", ""), 404);
        assertProblem(api.post(BACKUPS + "/" + UNKNOWN + "/verify", ""), 404);
        assertProblem(api.get(BACKUPS + "/..%2Fetc"), 404);
        assertProblem(api.post(BACKUPS + "?author=%20", ""), 422, "author");
    }

    @Test
    void oneIsMadeAtATimeOverAllProcesses() {
        try (OtherTransaction other = OtherTransaction.begun()) {
            other.run("SELECT pg_advisory_xact_lock(" + 0x4C61_7572_656C_4275L + ")");

            assertProblem(api.post(BACKUPS, ""), 409);
        }
        complete(create());
    }

    private String create() {
        Reply begun = untilFree(() -> api.post(BACKUPS + "?reason=tonight&author=ops", ""));
        String id = begun.expect(202).json().path("id").asText();
        assertThat(begun.header("Location")).endsWith(BACKUPS + "/" + id);
        return id;
    }

    private JsonNode complete(String id) {
        await().atMost(PATIENCE).until(() -> !api.get(BACKUPS + "/" + id)
                .expect(200)
                .json()
                .path("state")
                .asText()
                .equals("RUNNING"));
        JsonNode backup = api.get(BACKUPS + "/" + id).expect(200).json();
        assertThat(backup.path("state").asText()).as("%s", backup).isEqualTo("COMPLETE");
        return backup;
    }

    private JsonNode work(String id, String what) {
        String path = BACKUPS + "/" + id + "/" + what;
        untilFree(() -> api.post(path, "")).expect(202);
        await().atMost(PATIENCE)
                .until(() ->
                        !api.get(path).expect(200).json().path("state").asText().equals("RUNNING"));
        return api.get(path).json();
    }

    /** What was begun before ends a moment after it is known to be done. */
    private static Reply untilFree(java.util.function.Supplier<Reply> request, String... refusals) {
        return await().atMost(PATIENCE)
                .until(
                        request::get,
                        reply -> reply.status() != 409 || Stream.of(refusals).anyMatch(reply.text()::contains));
    }

    private static void damage(String id) throws IOException {
        Path file = TestFolders.ofThisFork("backups").resolve(id).resolve("board-0001.ndjson.zst");
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
    }
}
