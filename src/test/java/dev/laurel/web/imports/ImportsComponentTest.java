package dev.laurel.web.imports;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Uploads.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.HeldBoard;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files that are imported over HTTP. */
@QuarkusTest
class ImportsComponentTest {
    @TestHTTPResource
    URI service;

    private LaurelApi api;
    private Uploads uploads;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
        uploads = new Uploads(api);
    }

    @Test
    void rowsAreEvents() {
        BoardSpec board = board(aBoard("imp-events").sum().build());

        JsonNode done = uploads.run(
                form(board.id(), "EVENTS"), "week.csv", "Who;Points\nann;3\nbob;5\nann;4\n".replace("Who", "player"));

        assertThat(done.path("state").asText()).isEqualTo("DONE");
        assertThat(done.path("rows").path("applied").asLong()).isEqualTo(3);
        assertThat(done.path("rows").path("total").asLong()).isEqualTo(3);
        assertThat(done.path("durationMs").asLong()).isNotNegative();
        assertThat(ranking(board)).containsExactly("1 ann 7", "2 bob 5");
    }

    @Test
    void theSameFileCountsOnceAndBadRowsStopNone() {
        BoardSpec board = board(aBoard("imp-errors").sum().build());
        String file = "player,score,eventId\nann,3,e1\nbob,twelve,e2\n,4,e3\ncid,6,e4\ncid,7,e4\n";

        JsonNode first = uploads.run(form(board.id(), "EVENTS"), "a.csv", file);
        JsonNode again = uploads.run(form(board.id(), "EVENTS"), "a.csv", file);

        assertThat(first.path("state").asText()).isEqualTo("DONE_WITH_ERRORS");
        assertThat(first.path("rows").path("applied").asLong()).isEqualTo(2);
        assertThat(first.path("rows").path("refused").asLong()).isEqualTo(3);
        assertThat(again.path("rows").path("duplicates").asLong()).isEqualTo(2);
        assertThat(ranking(board)).containsExactly("1 cid 6", "2 ann 3");
        JsonNode errors = api.get("/api/v1/imports/" + first.path("id").asLong() + "/errors?limit=2")
                .expect(200)
                .json();
        assertThat(errors.path("pagination").path("total").asLong()).isEqualTo(3);
        assertThat(errors.path("items").path(0).path("row").asLong()).isEqualTo(3);
        assertThat(errors.path("items").path(0).path("column").asText()).isEqualTo("score");
        assertThat(errors.path("items").path(0).path("value").asText()).isEqualTo("twelve");
        assertThat(api.get("/api/v1/imports/" + first.path("id").asLong() + "/errors/report")
                        .expect(200)
                        .text()
                        .lines())
                .hasSize(4)
                .startsWith("row,column,value,reason");
    }

    @Test
    @DisplayName("trap 26: a test refuses the rows that the import refuses, and changes nothing")
    void aTestRefusesWhatTheImportRefusesAndChangesNothing() {
        BoardSpec board = board(aBoard("imp-test").best().build());
        api.patch("/api/v1/boards/" + board.id(), "{\"maxStep\":10,\"maxScore\":500}")
                .expect(200);
        api.submit(board.id(), "{\"playerId\":\"ann\",\"score\":3,\"eventId\":\"e1\"}")
                .expect(200);
        String file = "player,score,eventId,occurredAt\nann,4,e1,\nann,90,e2,\nbob,501,e3,\ncid,5,e4,\n"
                + "dan,5,e5,1999-01-01T00:00:00Z\n,5,e6,\neve,5,e4,\n";

        JsonNode test = uploads.run(form(board.id(), "EVENTS").with("dryRun", "true"), "a.csv", file);
        assertThat(ranking(board)).containsExactly("1 ann 3");
        JsonNode real = uploads.run(form(board.id(), "EVENTS"), "a.csv", file);

        assertThat(test.path("rows")).isEqualTo(real.path("rows"));
        assertThat(real.path("rows").path("refused").asLong()).isEqualTo(6);
        assertThat(errors(test)).isEqualTo(errors(real)).hasSize(6);
        assertThat(ranking(board)).containsExactly("1 cid 5", "2 ann 3");
    }

    private List<String> errors(JsonNode done) {
        List<String> errors = new ArrayList<>();
        api.get("/api/v1/imports/" + done.path("id").asLong() + "/errors")
                .expect(200)
                .json()
                .path("items")
                .forEach(error -> errors.add(error.toString()));
        return errors;
    }

    @Test
    void aTestChangesNothingAndAllOrNothingNeither() {
        BoardSpec board = board(aBoard("imp-dry").sum().build());
        String file = "player,score\nann,3\nbob,x\n";

        JsonNode test = uploads.run(form(board.id(), "EVENTS").with("dryRun", "true"), "a.csv", file);
        JsonNode atomic = uploads.run(form(board.id(), "EVENTS").with("atomic", "true"), "a.csv", file);

        assertThat(test.path("state").asText()).isEqualTo("DONE_WITH_ERRORS");
        assertThat(test.path("rows").path("applied").asLong()).isEqualTo(1);
        assertThat(atomic.path("state").asText()).isEqualTo("FAILED");
        assertThat(atomic.path("failure").asText()).contains("1 rows are refused");
        assertThat(ranking(board)).isEmpty();

        JsonNode whole =
                uploads.run(form(board.id(), "EVENTS").with("atomic", "true"), "a.csv", "player,score\nann,3\n");
        assertThat(whole.path("state").asText()).isEqualTo("DONE");
        assertThat(ranking(board)).containsExactly("1 ann 3");
    }

    @Test
    void aSnapshotReplacesWhatWasThere() {
        BoardSpec board = board(
                aBoard("imp-snap").latest().metrics(List.of("power", "kills")).build());

        uploads.run(
                form(board.id(), "SNAPSHOT").with("mapping", "{\"Governor\":\"player\",\"Might\":\"metric:power\"}"),
                "a.csv",
                "Governor,Might,kills,Alliance\nsnap-ann,\"1,200\",7,RED\nsnap-bob,900,9,BLUE\n");
        JsonNode second = uploads.run(
                form(board.id(), "SNAPSHOT").with("mapping", "{\"Governor\":\"player\",\"Might\":\"metric:power\"}"),
                "b.csv",
                "Governor,Might,kills,Alliance\nsnap-ann,800,8,RED\nsnap-bob,900,9,BLUE\n");

        assertThat(second.path("state").asText()).isEqualTo("DONE");
        assertThat(ranking(board)).containsExactly("1 snap-bob 900", "2 snap-ann 800");
        assertThat(api.get("/api/v1/players/snap-ann")
                        .expect(200)
                        .json()
                        .path("attributes")
                        .path("Alliance")
                        .asText())
                .isEqualTo("RED");
        uploads.send(form(board(aBoard("imp-sum").sum().build()).id(), "SNAPSHOT"), "a.csv", "player,score\na,1\n")
                .expect(422);
    }

    @Test
    void aLargeFileGivesTheSameRankingsAsItsEventsAndUndoLeavesNoTrace() {
        BoardSpec board = board(aBoard("imp-large").sum().build());
        BoardSpec twin = board(aBoard("imp-twin").sum().build());
        api.submit(board.id(), "{\"playerId\":\"p7\",\"score\":3,\"eventId\":\"x\"}")
                .expect(200);
        List<String> before = ranking(board);
        StringBuilder file = new StringBuilder("player,score\n");
        StringBuilder events = new StringBuilder("{\"playerId\":\"p7\",\"score\":3,\"eventId\":\"x\"}\n");
        IntStream.range(0, 5_000).forEach(i -> {
            String player = "p" + i * 7919 % 613;
            file.append(player).append(',').append(i % 97).append('\n');
            events.append("{\"playerId\":\"" + player + "\",\"score\":" + i % 97 + "}\n");
        });

        JsonNode done = uploads.run(form(board.id(), "EVENTS"), "large.csv", file.toString());
        api.postAs("/api/v1/boards/" + twin.id() + "/scores/batch", "application/x-ndjson", events.toString())
                .expect(200);

        assertThat(done.path("state").asText()).isEqualTo("DONE");
        assertThat(scores(board))
                .containsExactlyInAnyOrderElementsOf(scores(twin))
                .hasSize(613);

        JsonNode undone = uploads.undo(done.path("id").asLong());

        assertThat(undone.path("state").asText()).isEqualTo("UNDONE");
        assertThat(ranking(board)).isEqualTo(before).containsExactly("1 p7 3");
        JsonNode again = uploads.run(form(board.id(), "EVENTS"), "large.csv", file.toString());
        assertThat(again.path("rows").path("applied").asLong()
                        + again.path("rows").path("unchanged").asLong())
                .isEqualTo(5_000);
        assertThat(scores(board)).containsExactlyInAnyOrderElementsOf(scores(twin));
    }

    @Test
    void oldRowsAreRefusedUnlessArchivesMayBeRankedAgain() {
        BoardSpec board = board(aBoard("imp-old").sum().build());
        String file = "player,score,occurredAt\nann,3,2020-02-03T10:00:00Z\nbob,5,2020-02-03T11:00:00Z\n";

        JsonNode refused = uploads.run(form(board.id(), "EVENTS"), "old.csv", file);
        JsonNode done = uploads.run(form(board.id(), "EVENTS").with("closedWindows", "REWRITE"), "old.csv", file);

        assertThat(refused.path("rows").path("refused").asLong()).isEqualTo(2);
        assertThat(done.path("state").asText()).isEqualTo("DONE");
        assertThat(rows(board, Period.ALL_TIME, "limit=10")).containsExactly("1 bob 5", "2 ann 3");
        awaitClosed(board, "2020-02-03");

        JsonNode more = uploads.run(
                form(board.id(), "EVENTS").with("closedWindows", "REWRITE"),
                "more.csv",
                "player,score,occurredAt\nann,9,2020-02-03T12:00:00Z\n");

        assertThat(more.path("state").asText()).isEqualTo("DONE");
        assertThat(rows(board, Period.DAILY, "window=2020-02-03")).containsExactly("1 ann 12", "2 bob 5");
        uploads.undo(more.path("id").asLong());
        assertThat(rows(board, Period.DAILY, "window=2020-02-03")).containsExactly("1 bob 5", "2 ann 3");
        assertThat(rows(board, Period.ALL_TIME, "limit=10")).containsExactly("1 bob 5", "2 ann 3");
    }

    @Test
    void totalsCountInTheRunningWindowsOfTheirPeriods() {
        BoardSpec board = board(aBoard("imp-totals").sum().build());
        api.submit(board.id(), "{\"playerId\":\"ann\",\"score\":1}").expect(200);
        String file = "player,daily,all_time\nann,3,100\nbob,,50\ncid,x,1\n";

        JsonNode done = uploads.run(form(board.id(), "STANDINGS"), "totals.csv", file);
        JsonNode other = uploads.run(form(board.id(), "STANDINGS"), "totals.csv", file.replace("100", "200"));

        assertThat(done.path("rows").path("applied").asLong()).as("%s", done).isEqualTo(2);
        assertThat(done.path("rows").path("refused").asLong()).isEqualTo(1);
        assertThat(other.path("rows").path("refused").asLong()).isEqualTo(2);
        assertThat(ranking(board)).containsExactly("1 ann 4");
        assertThat(rows(board, Period.ALL_TIME, "limit=10")).containsExactly("1 ann 101", "2 bob 50");
        uploads.undo(done.path("id").asLong());
        assertThat(rows(board, Period.ALL_TIME, "limit=10")).containsExactly("1 ann 1");
    }

    @Test
    void aChangedFileReplacesWhatCameBefore() {
        BoardSpec board = board(aBoard("imp-replace").sum().build());
        Uploads.Form replace = form(board.id(), "EVENTS").with("onChange", "REPLACE");

        JsonNode first = uploads.run(replace, "week.csv", "player,score\nann,3\nbob,5\n");
        uploads.run(replace, "other.csv", "player,score\ncid,1\n");
        JsonNode unusable = uploads.run(replace, "week.csv", "colour\nred\n");
        assertThat(unusable.path("state").asText()).isEqualTo("FAILED");
        assertThat(ranking(board)).containsExactly("1 bob 5", "2 ann 3", "3 cid 1");
        JsonNode second = uploads.run(replace, "week.csv", "player,score\nann,4\n");

        assertThat(second.path("state").asText()).as("%s", second).isEqualTo("DONE");
        assertThat(uploads.get(first.path("id").asLong()).path("state").asText())
                .isEqualTo("UNDONE");
        assertThat(ranking(board)).containsExactly("1 ann 4", "2 cid 1");
    }

    @Test
    void whatIsReplacedComesBackIfAllOrNothingComesToNothing() {
        BoardSpec board = board(aBoard("imp-back").best().build());
        api.patch("/api/v1/boards/" + board.id(), "{\"maxStep\":10}").expect(200);
        Uploads.Form whole =
                form(board.id(), "EVENTS").with("onChange", "REPLACE").with("atomic", "true");
        // Only once they are applied do the rows meet each other: the check takes each 2,000 of them back.
        String steep = IntStream.range(0, 2_100)
                .mapToObj(i -> "bob," + (i < 2_050 ? 1 : 20) + "\n")
                .collect(Collectors.joining("", "player,score\n", ""));

        long first = uploads.run(form(board.id(), "EVENTS"), "week.csv", "player,score\nann,3\n")
                .path("id")
                .asLong();
        JsonNode refused = uploads.run(whole, "week.csv", steep);

        assertThat(refused.path("state").asText()).isEqualTo("FAILED");
        assertThat(refused.path("failure").asText()).contains("50 rows were refused", "imported again");
        assertThat(uploads.end(first).path("state").asText()).isEqualTo("DONE");
        assertThat(ranking(board)).containsExactly("1 ann 3");

        long third = uploads.run(whole, "week.csv", "player,score\ncid,4\n")
                .path("id")
                .asLong();
        assertThat(uploads.get(first).path("state").asText()).isEqualTo("UNDONE");
        assertThat(ranking(board)).containsExactly("1 cid 4");

        StoredRows.change("DELETE FROM import_file WHERE id = (SELECT file FROM import_job WHERE id = ?)", third);
        JsonNode unsafe = uploads.run(whole, "week.csv", "player,score\ndan,5\n");
        assertThat(unsafe.path("state").asText()).isEqualTo("FAILED");
        assertThat(unsafe.path("failure").asText()).startsWith("onChange ").contains("import " + third);
        assertThat(ranking(board)).containsExactly("1 cid 4");
    }

    @Test
    void whatComesNoFurtherEndsWithTheReason() {
        BoardSpec board = board(aBoard("imp-stuck").sum().build());
        long id = uploads.run(form(board.id(), "EVENTS"), "a.csv", "player,score\nann,3\n")
                .path("id")
                .asLong();
        String stuck = "UPDATE import_job SET state = 'RUNNING', phase = 'SHOW', finished_at = NULL, ";

        StoredRows.change(
                stuck
                        + "attempts = 1, lease = gen_random_uuid(), leased_until = now() + interval '1 hour' WHERE id = ?",
                id);
        api.post("/api/v1/imports/" + id + "/cancel", "").expect(409);
        StoredRows.change(
                stuck + "attempts = 20, hindrance = 'The disk is full', lease = NULL, leased_until = NULL WHERE id = ?",
                id);
        JsonNode failed = uploads.end(id);

        assertThat(failed.path("state").asText()).isEqualTo("FAILED");
        assertThat(failed.path("failure").asText()).endsWith("came no further: The disk is full");
        assertThat(failed.has("hindrance")).isFalse();
        api.post("/api/v1/imports/" + id + "/resume", "").expect(200);
        assertThat(uploads.end(id).path("state").asText()).isEqualTo("DONE");

        StoredRows.change(
                stuck + "attempts = 17, lease = gen_random_uuid(), leased_until = now() - interval '1 s' WHERE id = ?",
                id);
        assertThat(uploads.end(id).path("failure").asText()).endsWith("each time the process ended");
        assertThat(ranking(board)).containsExactly("1 ann 3");
    }

    @Test
    void whatCannotBeStoredIsNoReasonToGoOnForEver() {
        BoardSpec board = board(aBoard("imp-nul").sum().build());
        String header = "na\0me"
                + IntStream.range(0, 20).mapToObj(i -> "," + i + "x".repeat(90)).collect(Collectors.joining());

        JsonNode refused = uploads.run(form(board.id(), "EVENTS"), "a.csv", header + "\nann,3\n");

        assertThat(refused.path("state").asText()).isEqualTo("FAILED");
        assertThat(refused.path("failure").asText()).startsWith("file ").hasSizeLessThan(600);
    }

    @Test
    void longRowsAreWrittenInSmallerNumbersAndManyEventsOfAPlayerAreUndone() {
        BoardSpec board = board(aBoard("imp-long").sum().build());
        String cells = (",\"" + "y".repeat(30_000) + "\"").repeat(5);
        String rows =
                IntStream.range(0, 40).mapToObj(i -> "ann,1" + cells + "\n").collect(Collectors.joining());
        Uploads.Form ignoring = form(board.id(), "EVENTS")
                .with(
                        "mapping",
                        "{\"a\":\"ignore\",\"b\":\"ignore\",\"c\":\"ignore\",\"d\":\"ignore\",\"e\":\"ignore\"}");

        JsonNode large = uploads.run(ignoring, "long.csv", "player,score,a,b,c,d,e\n" + rows);
        JsonNode many = uploads.run(
                form(board.id(), "EVENTS"), "many.csv", "player,score\n" + "ann,1\n".repeat(4_100) + "bob,2\n");

        assertThat(large.path("rows").path("applied").asLong()).as("%s", large).isEqualTo(40);
        assertThat(ranking(board)).containsExactly("1 ann 4140", "2 bob 2");
        assertThat(uploads.undo(many.path("id").asLong()).path("state").asText())
                .isEqualTo("UNDONE");
        assertThat(ranking(board)).containsExactly("1 ann 40");
    }

    @Test
    void theInstantOfAFileIsBoundAsThatOfARow() {
        BoardSpec board = board(aBoard("imp-at").sum().build());
        Uploads.Form old = form(board.id(), "EVENTS").with("at", "2020-02-03T10:00:00Z");
        String file = "player,score\nann,3\n";

        assertThat(uploads.send(old, "a.csv", file)
                        .expect(422)
                        .json()
                        .path("errors")
                        .path(0)
                        .path("field")
                        .asText())
                .isEqualTo("at");
        uploads.run(old.with("closedWindows", "REWRITE").with("dryRun", "true"), "a.csv", file);
        JsonNode done = uploads.run(old.with("closedWindows", "REWRITE"), "a.csv", file);

        assertThat(done.path("state").asText()).isEqualTo("DONE");
        assertThat(rows(board, Period.ALL_TIME, "limit=10")).containsExactly("1 ann 3");
        String entries = "SELECT count(*) FROM admin_log l JOIN board b ON b.id = l.board_id AND b.name = ? "
                + "WHERE l.action = 'IMPORT' AND l.window_id IS NULL";
        assertThat(StoredRows.number(entries, board.id())).isEqualTo(1);
        assertThat(StoredRows.number(entries + " AND l.at < '2021-01-01'", board.id()))
                .isZero();
    }

    @Test
    void anImportIsCancelledAndResumed() {
        BoardSpec board = board(aBoard("imp-stop").sum().build());
        StringBuilder file = new StringBuilder("player,score\n");
        IntStream.range(0, 30_000).forEach(i -> file.append('p').append(i).append(",1\n"));
        AtomicLong started = new AtomicLong();
        // Not a row is written meanwhile, so that it cannot be over before it is cancelled.
        HeldBoard.hold(board.id(), held -> {
            started.set(uploads.send(form(board.id(), "EVENTS"), "a.csv", file.toString())
                    .expect(202)
                    .json()
                    .path("id")
                    .asLong());
            api.post("/api/v1/imports/" + started + "/cancel", "").expect(200);
        });
        long id = started.get();
        JsonNode stopped = uploads.end(id);
        assertThat(stopped.path("state").asText()).isEqualTo("CANCELLED");
        api.post("/api/v1/imports/" + id + "/cancel", "").expect(409);
        assertThat(total(board)).isEqualTo(stopped.path("rows").path("read").asLong());

        api.post("/api/v1/imports/" + id + "/resume", "").expect(200);
        assertThat(uploads.end(id).path("state").asText()).isEqualTo("DONE");
        assertThat(total(board)).isEqualTo(30_000);
    }

    @Test
    void theHistoryHasAllAndMappingsAreKept() {
        BoardSpec board = board(aBoard("imp-history").sum().build());
        String mappings = "/api/v1/boards/" + board.id() + "/import-mappings/";
        api.put(mappings + "weekly", "{\"columns\":{\"Name\":\"player\",\"Punkte\":\"metric:score\"}}")
                .expect(200);

        JsonNode done =
                uploads.run(form(board.id(), "EVENTS").with("mapping", "weekly"), "a.csv", "Name,Punkte\nann,3\n");

        assertThat(done.path("mapping").path("Name").asText()).isEqualTo("player");
        JsonNode history = api.get("/api/v1/imports?board=" + board.id() + "&state=DONE")
                .expect(200)
                .json();
        assertThat(history.path("pagination").path("limit").asInt()).isEqualTo(20);
        assertThat(history.path("items").path(0).path("author").asText()).isEqualTo("tester");
        assertThat(api.get("/api/v1/imports?board=" + board.id() + "&state=FAILED")
                        .json()
                        .path("items"))
                .isEmpty();
        api.delete(mappings + "weekly").expect(204);
        api.get(mappings + "weekly").expect(404);
        uploads.send(form(board.id(), "EVENTS").with("mapping", "weekly"), "a.csv", "Name\nann\n")
                .expect(404);
    }

    @Test
    void hostileUploadsAreRefusedClearly() {
        BoardSpec board = board(aBoard("imp-hostile").sum().build());
        Uploads.Form usual = form(board.id(), "EVENTS");

        assertThat(uploads.send(usual.without("mode").without("author"), "a.csv", "player\na\n")
                        .expect(422)
                        .json()
                        .path("errors"))
                .hasSize(2);
        uploads.send(usual.with("board", "no-such-board"), "a.csv", "player,score\na,1\n")
                .expect(404);
        uploads.send(usual.with("colour", "red"), "a.csv", "player,score\na,1\n")
                .expect(422);
        uploads.send(usual.with("mapping", "{broken"), "a.csv", "player,score\na,1\n")
                .expect(422);
        uploads.send(usual, null, "").expect(422);
        uploads.send(usual, "a.csv", "").expect(422);
        api.send("POST", "/api/v1/imports", "multipart/form-data", "hello".getBytes())
                .expect(422);
        api.post("/api/v1/imports", "{}").expect(415);
        for (byte[] file : List.of(
                "player,score".getBytes(),
                new byte[] {0x1f, (byte) 0x8b, 8, 0, 0},
                new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0},
                new byte[4_096])) {
            JsonNode refused = uploads.run(usual, "a.csv", file);
            assertThat(refused.path("state").asText()).isEqualTo("FAILED");
            assertThat(refused.path("failure").asText()).startsWith("file ");
        }
        JsonNode unusable = uploads.run(usual, "a.csv", "colour,size\nred,7\n");
        assertThat(unusable.path("failure").asText()).startsWith("mapping ");
        assertThat(ranking(board)).isEmpty();
    }

    private BoardSpec board(BoardSpec board) {
        api.putBoard(board).expect(201);
        return board;
    }

    private List<String> ranking(BoardSpec board) {
        return rows(board, Period.DAILY, "limit=1000");
    }

    private List<String> rows(BoardSpec board, Period period, String query) {
        List<String> rows = new ArrayList<>();
        api.top(board.id(), period, query)
                .expect(200)
                .json()
                .path("entries")
                .forEach(entry -> rows.add(entry.path("rank").asText() + " "
                        + entry.path("playerId").asText() + " "
                        + entry.path("score").asText()));
        return rows;
    }

    private List<String> scores(BoardSpec board) {
        return ranking(board).stream()
                .map(row -> row.substring(row.indexOf(' ')))
                .toList();
    }

    private long total(BoardSpec board) {
        return api.top(board.id(), Period.ALL_TIME, "limit=1")
                .expect(200)
                .json()
                .path("total")
                .asLong();
    }

    private void awaitClosed(BoardSpec board, String window) {
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(30))
                .until(() -> api.top(board.id(), Period.DAILY, "window=" + window)
                        .json()
                        .path("window")
                        .path("state")
                        .asText()
                        .equals("CLOSED"));
    }
}
