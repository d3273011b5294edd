package dev.laurel.web.imports;

import static dev.laurel.testing.Uploads.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Rollover;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Uploads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files of what gains count from. */
@QuarkusTest
class BaselineImportsComponentTest {
    @TestHTTPResource
    URI service;

    @Inject
    Rollover rollover;

    private LaurelApi api;
    private Uploads uploads;
    private String board;

    @BeforeEach
    void openASeason() {
        api = new LaurelApi(service);
        uploads = new Uploads(api);
        board = "imp-base-" + UUID.randomUUID();
        api.putBoard(board, """
                        {"title":"Base","operator":"LATEST","metrics":["power","kills"],"periods":["SEASON"],"lateness":"PT0S",
                         "derivedMetrics":[{"name":"gained","gainOf":"kills"}]}""").expect(201);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        api.put(
                        "/api/v1/boards/" + board + "/seasons/s1",
                        "{\"title\":\"S\",\"start\":\"%s\",\"end\":\"%s\"}"
                                .formatted(now.minus(1, ChronoUnit.DAYS), now.plus(9, ChronoUnit.DAYS)))
                .expect(201);
        uploads.run(form(board, "SNAPSHOT"), "week.csv", "player,power,kills\nann,5,100\nbob,7,200\ncid,1,50\n");
    }

    @Test
    void theyAreSetAndUndoneInWhateverOrderTheyCame() {
        JsonNode test = uploads.run(baselines().with("dryRun", "true"), "a.csv", "player,kills\nann,40\nbob,x\n");
        assertThat(test.path("rows").path("applied").asLong()).isEqualTo(1);
        assertThat(stored()).isEmpty();
        JsonNode first = uploads.run(baselines(), "a.csv", "player,kills\nann,40\nbob,x\nbob,150\ncid,10\n");
        assertThat(first.path("state").asText()).as("%s", first).isEqualTo("DONE_WITH_ERRORS");
        assertThat(first.path("rows").path("applied").asLong()).isEqualTo(3);
        assertThat(gains()).hasToString("{ann=60, bob=50, cid=40}");

        JsonNode second = uploads.run(baselines(), "b.csv", "player,kills\nann,70\nbob,150\n");
        assertThat(second.path("rows").path("unchanged").asLong()).isEqualTo(1);
        api.put(
                        "/api/v1/boards/" + board + "/seasons/s1/baseline?reason=r&author=a",
                        "{\"players\":[{\"playerId\":\"cid\",\"values\":{\"kills\":45}}]}")
                .expect(200);
        assertThat(gains()).hasToString("{ann=30, bob=50, cid=5}");

        uploads.undo(first.path("id").asLong());
        assertThat(gains()).hasToString("{ann=30, bob=50, cid=5}");
        uploads.undo(second.path("id").asLong());
        assertThat(gains()).hasToString("{cid=5}");
        assertThat(stored()).hasToString("{cid=45}");
    }

    /** Against an oracle that knows nothing of what was before: the latest import that is left holds. */
    @Test
    void whatIsLeftIsAsIfTheOthersHadNeverBeen() {
        Random random = new Random(20_261_129);
        Map<Long, Map<String, Long>> left = new TreeMap<>();
        for (int i = 0; i < 8; i++) {
            Map<String, Long> values = new TreeMap<>();
            for (String player : List.of("ann", "bob", "cid")) {
                if (random.nextInt(3) > 0) {
                    values.put(player, (long) random.nextInt(3));
                }
            }
            values.put("dan", (long) random.nextInt(3));
            String file = values.entrySet().stream()
                    .map(one -> one.getKey() + "," + one.getValue() + "\n")
                    .collect(Collectors.joining("", "player,kills\n", ""));
            left.put(uploads.run(baselines(), i + ".csv", file).path("id").asLong(), values);
        }
        List<Long> undone = new ArrayList<>(left.keySet());
        Collections.shuffle(undone, random);
        for (long id : undone) {
            uploads.undo(id);
            left.remove(id);
            Map<String, Long> expected = new TreeMap<>();
            left.values().forEach(expected::putAll);
            assertThat(stored()).as("without %d, with %s", id, left).isEqualTo(expected);
        }
    }

    @Test
    void aFileReplacesAnEarlierOneAndAllOrNothingLeavesIt() {
        Uploads.Form replacing = baselines().with("onChange", "REPLACE").with("atomic", "true");
        uploads.run(baselines(), "a.csv", "player,kills\nann,40\nbob,150\n");

        JsonNode refused = uploads.run(replacing, "a.csv", "player,kills\nann,10\nbob,x\n");
        assertThat(refused.path("state").asText()).isEqualTo("FAILED");
        assertThat(gains()).hasToString("{ann=60, bob=50}");
        JsonNode done = uploads.run(replacing, "a.csv", "player,kills\nann,10\n");

        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
        assertThat(gains()).hasToString("{ann=90}");
        assertThat(stored()).hasToString("{ann=10}");
    }

    /** Nothing tells readers of the steps: what they see changes when the window is loaded. */
    @Test
    void manyAreSetAndUndone() {
        assertThat(gains()).isEmpty();
        String file = IntStream.range(0, 2_200)
                .mapToObj(i -> "p" + i + "," + i + "\n")
                .collect(Collectors.joining("", "player,kills\nann,1\n", "bob,5\n"));
        JsonNode done = uploads.run(baselines(), "many.csv", file);
        assertThat(done.path("rows").path("applied").asLong()).isEqualTo(2_202);
        assertThat(gains()).hasToString("{ann=99, bob=195}");

        JsonNode again = uploads.run(baselines(), "again.csv", file.replace("ann,1", "ann,2"));
        assertThat(again.path("rows").path("unchanged").asLong()).isEqualTo(2_201);
        assertThat(gains()).hasToString("{ann=98, bob=195}");
        uploads.undo(again.path("id").asLong());
        assertThat(gains()).hasToString("{ann=99, bob=195}");
        uploads.undo(done.path("id").asLong());

        assertThat(gains()).isEmpty();
        assertThat(stored()).isEmpty();
    }

    /** The final ranking is made again once at the end of the import, and once at the end of its undo. */
    @Test
    void thoseOfAClosedSeasonAreSetWhereThatIsAskedFor() {
        uploads.run(baselines(), "a.csv", "player,kills\nann,40\nbob,150\n");
        api.post("/api/v1/boards/" + board + "/seasons/s1/end", "").expect(200);
        close();
        assertThat(gains("?window=s1&")).hasToString("{ann=60, bob=50}");

        JsonNode refused = uploads.run(baselines(), "b.csv", "player,kills\nann,70\n");
        assertThat(refused.path("state").asText()).isEqualTo("FAILED");
        assertThat(refused.path("failure").asText()).contains("closedWindows=REWRITE");
        assertThat(closings()).isOne();
        JsonNode done =
                uploads.run(baselines().with("closedWindows", "REWRITE"), "b.csv", "player,kills\nann,70\ncid,10\n");

        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
        assertThat(gains("?window=s1&")).hasToString("{ann=30, bob=50, cid=40}");
        assertThat(closings()).isEqualTo(2);
        uploads.undo(done.path("id").asLong());
        assertThat(gains("?window=s1&")).hasToString("{ann=60, bob=50}");
        assertThat(closings()).isEqualTo(3);
    }

    /** The board accepts nothing late. */
    private void close() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            OnEventLoop.await(rollover::closeDue);
            return closings() > 0;
        });
    }

    /** The greatest number of a closing of the board. */
    private long closings() {
        return api.get("/api/v1/boards/" + board + "/windows/closed?after=0")
                .expect(200)
                .json()
                .path("next")
                .asLong();
    }

    @Test
    void theyNeedASeasonThatIsOpen() {
        String file = "player,kills\nann,1\n";
        assertThat(uploads.send(form(board, "BASELINE"), "a.csv", file)
                        .expect(422)
                        .text())
                .contains("season");
        assertThat(uploads.send(baselines().with("season", "no"), "a.csv", file)
                        .expect(422)
                        .text())
                .contains("season");
        JsonNode unusable = uploads.run(baselines(), "a.csv", "player,size\nann,7\n");
        assertThat(unusable.path("failure").asText()).startsWith("mapping ");
    }

    private Uploads.Form baselines() {
        return form(board, "BASELINE").with("season", "s1");
    }

    private TreeMap<String, Long> gains() {
        return gains("?");
    }

    private TreeMap<String, Long> gains(String window) {
        TreeMap<String, Long> gains = new TreeMap<>();
        api.get("/api/v1/boards/" + board + "/rankings/season" + window + "metric=gained")
                .expect(200)
                .json()
                .path("entries")
                .forEach(entry -> gains.put(
                        entry.path("playerId").asText(), entry.path("score").asLong()));
        return gains;
    }

    private TreeMap<String, Long> stored() {
        TreeMap<String, Long> stored = new TreeMap<>();
        api.get("/api/v1/boards/" + board + "/seasons/s1/baseline")
                .expect(200)
                .json()
                .path("items")
                .forEach(item -> stored.put(
                        item.path("playerId").asText(),
                        item.path("values").path("kills").asLong()));
        return stored;
    }
}
