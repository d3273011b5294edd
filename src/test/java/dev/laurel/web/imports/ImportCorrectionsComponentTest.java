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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What checks, replacements, undoing and erasures do to imports. */
@QuarkusTest
class ImportCorrectionsComponentTest {
    private static final String WHY = "{\"reason\":\"A test\",\"author\":\"tester\"}";

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
    void aCheckSeesTheWholeFile() {
        BoardSpec board = board(aBoard("imp-whole").sum().build());
        String file = IntStream.range(0, 2_100)
                .mapToObj(i -> "p" + i + ",1,e" + i % 2_050 + "\n")
                .collect(Collectors.joining("", "player,score,eventId\n", "p60,1,e60\n"));

        JsonNode test = uploads.run(form(board.id(), "EVENTS").with("dryRun", "true"), "a.csv", file);
        JsonNode atomic = uploads.run(form(board.id(), "EVENTS").with("atomic", "true"), "a.csv", file);
        assertThat(ranking(board, "limit=1")).isEmpty();
        JsonNode real = uploads.run(form(board.id(), "EVENTS"), "a.csv", file);

        assertThat(real.path("rows").path("refused").asLong()).isEqualTo(50);
        assertThat(real.path("rows").path("duplicates").asLong()).isEqualTo(1);
        assertThat(test.path("rows")).isEqualTo(real.path("rows"));
        assertThat(errors(test)).isEqualTo(errors(real)).isNotEmpty();
        assertThat(atomic.path("failure").asText()).isEqualTo("50 rows are refused, so nothing is imported");
        assertThat(StoredRows.number("SELECT count(*) FROM import_seen WHERE import_no = ?", id(test)))
                .isZero();
    }

    @Test
    void aCheckTakesWhatIsReplacedForGone() {
        BoardSpec board = board(aBoard("imp-gone").sum().build());
        Uploads.Form replacing = form(board.id(), "EVENTS").with("onChange", "REPLACE");
        String corrected = "player,score,eventId\nann,5,e1\ncid,4,e2\n";
        uploads.run(form(board.id(), "EVENTS"), "week.csv", "player,score,eventId\nann,3,e1\nbob,4,e2\n");

        JsonNode test = uploads.run(replacing.with("dryRun", "true"), "week.csv", corrected);
        assertThat(test.path("rows").path("applied").asLong()).as("%s", test).isEqualTo(2);
        assertThat(ranking(board, "limit=9")).containsExactly("1 bob 4", "2 ann 3");
        JsonNode done = uploads.run(replacing.with("atomic", "true"), "week.csv", corrected);

        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
        assertThat(ranking(board, "limit=9")).containsExactly("1 ann 5", "2 cid 4");
        assertThat(uploads.send(replacing, "file", corrected).expect(422).text())
                .contains("onChange", "without a name");
    }

    @Test
    void usernamesThatAreTakenAreFoundByChecksAndHarmNobodyElse() {
        BoardSpec board = board(aBoard("imp-names").sum().build());
        String some = "u" + UUID.randomUUID();
        api.put("/api/v1/players/" + some + "-a", "{\"displayName\":\"A\",\"username\":\"" + some + "\"}")
                .expect(201);
        api.put("/api/v1/players/" + some + "-b", "{\"displayName\":\"B\",\"visibility\":\"HIDDEN\"}")
                .expect(201);
        String file =
                "player,score,username,name\n%1$s-b,1,,Ben\n%1$s-c,2,%1$s,Cid\n%1$s-d,x,%1$s-d,Dan\n%1$s-e,3,%1$s-e,Eve\n"
                        .formatted(some);
        Uploads.Form usual = form(board.id(), "EVENTS").with("mapping", "{\"name\":\"displayName\"}");

        JsonNode test = uploads.run(usual.with("dryRun", "true"), "a.csv", file);
        api.get("/api/v1/players/" + some + "-e").expect(404);
        JsonNode real = uploads.run(usual, "a.csv", file);

        assertThat(errors(test)).isEqualTo(errors(real)).hasSize(2);
        assertThat(errors(real).get(0)).contains("username", "is taken by another player");
        assertThat(test.path("rows")).isEqualTo(real.path("rows"));
        JsonNode hidden = api.get("/api/v1/players/" + some + "-b").expect(200).json();
        assertThat(hidden.path("displayName").asText()).isEqualTo("Ben");
        assertThat(hidden.path("visibility").asText()).isEqualTo("HIDDEN");
        assertThat(api.get("/api/v1/players/" + some + "-e").expect(200).text()).contains("Eve");
        api.get("/api/v1/players/" + some + "-c").expect(404);
        api.get("/api/v1/players/" + some + "-d").expect(404);
    }

    @Test
    void eventsThatWereAcceptedLaterAreUndone() {
        BoardSpec board = board(aBoard("imp-held").sum().build());
        api.patch("/api/v1/boards/" + board.id(), "{\"plausibility\":{\"maxScore\":5}}")
                .expect(200);
        JsonNode done = uploads.run(form(board.id(), "EVENTS"), "a.csv", "player,score\nann,6\nbob,1\n");
        assertThat(done.path("rows").path("held").asLong()).isEqualTo(1);
        String held = "/api/v1/admin/boards/" + board.id() + "/held";
        long event = api.get(held)
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asLong();
        api.post(held + "/" + event + "/accept", WHY).expect(200);
        assertThat(ranking(board, "limit=9")).containsExactly("1 ann 6", "2 bob 1");

        uploads.undo(id(done));

        assertThat(ranking(board, "limit=9")).isEmpty();
    }

    @Test
    void anArchiveThatAResetHasEndedIsCorrected() {
        BoardSpec board = board(aBoard("imp-reset").sum().allTime().build());
        api.submit(board.id(), "{\"playerId\":\"cid\",\"score\":1}").expect(200);
        JsonNode done = uploads.run(form(board.id(), "EVENTS"), "a.csv", "player,score\nann,6\nbob,2\n");
        api.post("/api/v1/admin/boards/" + board.id() + "/windows/all_time/reset", WHY)
                .expect(200);
        api.submit(board.id(), "{\"playerId\":\"dan\",\"score\":7}").expect(200);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        archive(board).path("window").path("state").asText())
                .isEqualTo("CLOSED"));
        assertThat(archive(board).path("total").asLong()).isEqualTo(3);

        uploads.undo(id(done));

        assertThat(rows(archive(board))).containsExactly("1 cid 1");
        assertThat(archive(board).path("total").asLong()).isEqualTo(1);
        assertThat(rows(api.top(board.id(), Period.ALL_TIME, "limit=9")
                        .expect(200)
                        .json()))
                .containsExactly("1 dan 7");
    }

    private JsonNode archive(BoardSpec board) {
        return api.top(board.id(), Period.ALL_TIME, "limit=9&window=all%231").json();
    }

    @Test
    void totalsAreOfTheMomentOfTheUpload() {
        BoardSpec board = board(aBoard("imp-totals").sum().lateDays(2).build());
        Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
        LocalDate day = yesterday.atOffset(ZoneOffset.UTC).toLocalDate();
        Uploads.Form usual = form(board.id(), "STANDINGS").with("mapping", "{\"score\":\"period:daily\"}");

        JsonNode done = uploads.run(usual.with("at", yesterday.toString()), "a.csv", "player,score\nann,6\n");
        uploads.send(usual.with("at", "2020-01-01T00:00:00Z"), "a.csv", "player,score\nann,6\n")
                .expect(422);

        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
        assertThat(ranking(board, "window=" + day)).containsExactly("1 ann 6");
        assertThat(ranking(board, "limit=9")).isEmpty();
    }

    @Test
    void theSameValuesOfAnotherTimeAreNews() {
        BoardSpec board = board(aBoard("imp-weeks").latest().lateDays(9).build());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String file = "player,score\nann,6\n";
        Uploads.Form then = form(board.id(), "SNAPSHOT")
                .with("at", now.minus(8, ChronoUnit.DAYS).toString());

        uploads.run(then, "a.csv", file);
        JsonNode again = uploads.run(then, "a.csv", file);
        JsonNode later = uploads.run(form(board.id(), "SNAPSHOT").with("at", now.toString()), "a.csv", file);

        assertThat(again.path("rows").path("duplicates").asLong()).isEqualTo(1);
        assertThat(later.path("rows").path("applied").asLong()).isEqualTo(1);
        assertThat(ranking(board, "limit=9")).containsExactly("1 ann 6");
    }

    /** What was an attribute is a metric now. Events would count twice. */
    @Test
    void aColumnThatHasBecomeAMetricIsNewsInASnapshotAlone() {
        BoardSpec board = board(
                aBoard("imp-grown").latest().metrics(List.of("power", "kills")).build());
        String file = "player,power,kills,deaths\nann,6,2,3\n";
        uploads.run(form(board.id(), "SNAPSHOT"), "a.csv", file);
        uploads.run(form(board.id(), "EVENTS"), "b.csv", file);
        api.patch("/api/v1/boards/" + board.id(), "{\"metrics\":[\"power\",\"kills\",\"deaths\"]}")
                .expect(200);

        JsonNode snapshot = uploads.run(form(board.id(), "SNAPSHOT"), "a.csv", file);
        JsonNode events = uploads.run(form(board.id(), "EVENTS"), "b.csv", file);

        assertThat(snapshot.path("rows").path("applied").asLong())
                .as("%s", snapshot)
                .isEqualTo(1);
        assertThat(ranking(board, "metric=deaths")).containsExactly("1 ann 3");
        assertThat(events.path("rows").path("refused").asLong())
                .as("%s", events)
                .isEqualTo(1);
        assertThat(api.get("/api/v1/imports/" + id(events) + "/errors")
                        .expect(200)
                        .text())
                .contains("other meanings of its columns");
    }

    /** Not row by row. */
    @Test
    void aFileWithoutTheColumnOfAMetricIsRefused() {
        BoardSpec board = board(aBoard("imp-lacking")
                .latest()
                .metrics(List.of("power", "kills", "deaths"))
                .build());

        JsonNode snapshot = uploads.run(form(board.id(), "SNAPSHOT"), "a.csv", "player,power,kils\nann,6,2\n");

        assertThat(snapshot.path("state").asText()).isEqualTo("FAILED");
        assertThat(snapshot.path("failure").asText())
                .contains("must name a column for each of kills, deaths")
                .contains("the file has player, power, kils");
    }

    @Test
    void nothingThatFilesSaidOfAnErasedPlayerStays() {
        BoardSpec board = board(aBoard("imp-erased").sum().build());
        String ann = "ann-" + UUID.randomUUID() + "x".repeat(70);
        JsonNode done = uploads.run(
                form(board.id(), "EVENTS").with("mapping", "{\"id\":\"eventId\"}"),
                "a.csv",
                "player,score,id\n%1$s,6,\nbob,x,%1$s\nbob,y,e7\n".formatted(ann));
        String kept =
                "SELECT count(*) FROM import_file f JOIN import_job j ON j.file = f.id WHERE j.id = ? AND f.bytes > 0";
        assertThat(StoredRows.number(kept, id(done))).isEqualTo(1);
        StoredRows.change(
                "UPDATE import_error SET value = ? WHERE import_no = ? AND row_no = 3",
                ann.substring(0, 100) + "…",
                id(done));

        api.delete("/api/v1/players/" + ann + "?erase=true&confirm=true").expect(204);

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(StoredRows.number(kept, id(done)))
                .isZero());
        assertThat(errors(done)).hasSize(1).first().asString().contains("\"row\":4");
        assertThat(uploads.get(id(done)).path("fileBytes").asLong()).isPositive();
    }

    private static long id(JsonNode done) {
        return done.path("id").asLong();
    }

    private List<String> errors(JsonNode done) {
        List<String> errors = new ArrayList<>();
        api.get("/api/v1/imports/" + id(done) + "/errors?limit=100")
                .expect(200)
                .json()
                .path("items")
                .forEach(error -> errors.add(error.toString()));
        return errors;
    }

    private BoardSpec board(BoardSpec board) {
        api.putBoard(board).expect(201);
        return board;
    }

    private List<String> ranking(BoardSpec board, String query) {
        return rows(api.top(board.id(), Period.DAILY, query).expect(200).json());
    }

    private static List<String> rows(JsonNode ranking) {
        List<String> rows = new ArrayList<>();
        ranking.path("entries")
                .forEach(entry -> rows.add(entry.path("rank").asText() + " "
                        + entry.path("playerId").asText() + " "
                        + entry.path("score").asText()));
        return rows;
    }
}
