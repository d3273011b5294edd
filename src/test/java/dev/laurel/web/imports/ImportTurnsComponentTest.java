package dev.laurel.web.imports;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Uploads.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Imports that have to wait, and what becomes of those whose process has ended. */
@QuarkusTest
class ImportTurnsComponentTest {
    private static final String HELD_ELSEWHERE =
            "UPDATE import_job SET state = 'RUNNING', finished_at = NULL, attempts = 1, "
                    + "phase = 'SHOW', lease = gen_random_uuid(), leased_until = now() + interval '1 hour' WHERE id = ?";

    private static final String FILLING =
            "INSERT INTO window_fill (board_id, period, window_key, up_to, state, begun_at) "
                    + "SELECT b.id, 6, 1024, 0, 'COUNT', now() FROM board b WHERE b.name = ?";

    private static final String FILLED =
            "DELETE FROM window_fill f USING board b WHERE b.id = f.board_id AND b.name = ?";

    @TestHTTPResource
    URI service;

    private LaurelApi api;
    private Uploads uploads;
    private BoardSpec board;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
        uploads = new Uploads(api);
        board = aBoard("imp-turns").sum().build();
        api.putBoard(board).expect(201);
    }

    @Test
    void anEarlierImportThatIsUndoneWaitsForOneThatIsBeingWorkedOn() {
        long first = run("a.csv", "player,score\nann,3\n");
        long second = run("b.csv", "player,score\nbob,5\n");
        StoredRows.change(HELD_ELSEWHERE, second);

        api.post("/api/v1/imports/" + first + "/undo", "{\"reason\":\"A mistake\",\"author\":\"tester\"}")
                .expect(200);

        await().during(Duration.ofMillis(1_500))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(state(first)).isEqualTo("UNDOING"));
        assertThat(ranking()).containsExactly("1 bob 5", "2 ann 3");
        StoredRows.change("UPDATE import_job SET leased_until = now() WHERE id = ?", second);
        assertThat(uploads.end(first).path("state").asText()).isEqualTo("UNDONE");
        assertThat(uploads.end(second).path("state").asText()).isEqualTo("DONE");
        assertThat(ranking()).containsExactly("1 bob 5");
    }

    @Test
    void anUndoWaitsUntilAPeriodHasBeenFilledAndReachesPeriodsThatCameLater() {
        BoardSpec plain = aBoard("imp-later").sum().allTime().build();
        api.putBoard(plain).expect(201);
        long id = uploads.run(form(plain.id(), "EVENTS"), "a.csv", "player,score\nann,3\n")
                .path("id")
                .asLong();
        api.patch("/api/v1/boards/" + plain.id(), "{\"periods\":[\"ALL_TIME\",\"MONTHLY\"]}")
                .expect(200);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rows(plain, Period.MONTHLY)).containsExactly("1 ann 3"));
        StoredRows.change(FILLING, plain.id());

        api.post("/api/v1/imports/" + id + "/undo", "{\"reason\":\"A mistake\",\"author\":\"tester\"}")
                .expect(200);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(uploads.get(id).path("hindrance").asText()).contains("being filled"));
        assertThat(state(id)).isEqualTo("UNDOING");
        StoredRows.change(FILLED, plain.id());

        assertThat(uploads.end(id).path("state").asText()).isEqualTo("UNDONE");
        assertThat(rows(plain, Period.MONTHLY)).isEmpty();
        assertThat(rows(plain, Period.ALL_TIME)).isEmpty();
    }

    @Test
    void anArchiveThatIsInTheMakingIsRankedOnceItIsThere() {
        BoardSpec old = aBoard("imp-closing").sum().daily().build();
        api.putBoard(old).expect(201);
        long id = uploads.run(
                        form(old.id(), "EVENTS").with("closedWindows", "REWRITE"),
                        "old.csv",
                        "player,score,occurredAt\nann,3,2020-02-03T10:00:00Z\n")
                .path("id")
                .asLong();
        awaitArchive(old);
        // As a process leaves it that ends while it closes a window into which it has not seen the rows come.
        String ofBoard = "board_id = (SELECT b.id FROM board b WHERE b.name = ?)";
        StoredRows.change("UPDATE board_window SET state = 'CLOSING' WHERE " + ofBoard, old.id());
        StoredRows.change("DELETE FROM final_standing WHERE " + ofBoard, old.id());
        StoredRows.change("UPDATE import_window SET archived = true WHERE import_no = ?", id);
        StoredRows.change(
                "UPDATE import_job SET state = 'RUNNING', finished_at = NULL, phase = 'SHOW', lease = NULL, "
                        + "leased_until = NULL WHERE id = ?",
                id);

        assertThat(uploads.end(id).path("state").asText()).isEqualTo("DONE");
        awaitArchive(old);
    }

    private void awaitArchive(BoardSpec old) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            JsonNode archive = api.top(old.id(), Period.DAILY, "window=2020-02-03")
                    .expect(200)
                    .json();
            assertThat(archive.path("window").path("state").asText()).isEqualTo("CLOSED");
            assertThat(archive.path("entries").path(0).path("playerId").asText())
                    .isEqualTo("ann");
        });
    }

    /** Its rows may have been committed by a process that could not tell, and ended before it showed them. */
    @Test
    void whatIsTakenOverAfterItsLastRowIsShown() {
        long id = run("a.csv", "player,score\nann,3\n");
        StoredRows.change(
                "UPDATE import_job SET state = 'RUNNING', finished_at = NULL, phase = 'APPLY', bulk = false, attempts = 1, "
                        + "lease = gen_random_uuid(), leased_until = now() - interval '1 s' WHERE id = ?",
                id);

        JsonNode done = uploads.end(id);

        assertThat(done.path("state").asText()).isEqualTo("DONE");
        assertThat(StoredRows.number("SELECT count(*) FROM import_job WHERE id = ? AND bulk", id))
                .isEqualTo(1);
        assertThat(ranking()).containsExactly("1 ann 3");
    }

    private long run(String file, String content) {
        JsonNode done = uploads.run(form(board.id(), "EVENTS"), file, content);
        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
        return done.path("id").asLong();
    }

    private String state(long id) {
        return uploads.get(id).path("state").asText();
    }

    private List<String> ranking() {
        return rows(board, Period.DAILY);
    }

    private List<String> rows(BoardSpec of, Period period) {
        List<String> rows = new ArrayList<>();
        api.top(of.id(), period, "limit=9")
                .expect(200)
                .json()
                .path("entries")
                .forEach(entry -> rows.add(entry.path("rank").asText() + " "
                        + entry.path("playerId").asText() + " "
                        + entry.path("score").asText()));
        return rows;
    }
}
