package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Uploads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A process is killed again and again while it imports a file, and another one takes the import over: no row counts twice, and
 * none is missing. {@code -Dlaurel.faults.long=true} kills twenty times.
 */
@ExtendWith(Stage.Provider.class)
class ImportKillFaultsIT {
    private static final int PLAYERS = 1_000;
    private static final Duration TAKEN_OVER = Duration.ofMinutes(2);

    private final int kills = FaultSettings.figure("import-kills", 3, 20);
    private final int rows = FaultSettings.figure("import-rows", 60_000, 600_000);
    private final SplittableRandom random = FaultSettings.random("import");

    @Test
    void aKilledImportGoesOnElsewhereAndNoRowCountsTwice(Stage stage) throws IOException {
        Replica other = stage.service();
        Map<String, String> settings = Map.of("LAUREL_IMPORTS_LEASE", "2s", "LAUREL_IMPORTS_CHUNK", "500");
        try (Replica dying = stage.replica("importing", List.of(), settings)) {
            String board = "imported-" + Long.toString(System.nanoTime(), 36);
            other.api()
                    .putBoard(board, "{\"title\":\"Imported\",\"periods\":[\"DAILY\",\"WEEKLY\",\"ALL_TIME\"]}")
                    .expect(201);
            dying.start();
            long id = new Uploads(dying.api())
                    .send(Uploads.form(board, "EVENTS"), "rows.csv", file())
                    .expect(202)
                    .json()
                    .path("id")
                    .asLong();
            for (int kill = 0; kill < kills && !isOver(other.api(), id); kill++) {
                long before = read(other.api(), id);
                await().atMost(TAKEN_OVER).until(() -> read(other.api(), id) > before || isOver(other.api(), id));
                Load.pause(random.nextInt(300));
                dying.kill();
                dying.start();
            }

            await().atMost(TAKEN_OVER).until(() -> isOver(other.api(), id));
            JsonNode done = new Uploads(other.api()).get(id);
            assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
            assertThat(done.path("rows").path("applied").asLong()).isEqualTo(rows);
            for (LaurelApi api : List.of(other.api(), dying.api())) {
                for (String period : List.of("daily", "weekly", "all_time")) {
                    assertEachPlayerHasAll(api, board, period);
                }
            }
        }
    }

    private String file() {
        StringBuilder file = new StringBuilder("player,score\n");
        for (int row = 0; row < rows; row++) {
            file.append('p').append(row % PLAYERS).append(",1\n");
        }
        return file.toString();
    }

    private static boolean isOver(LaurelApi api, long id) {
        return List.of("DONE", "DONE_WITH_ERRORS", "FAILED")
                .contains(new Uploads(api).get(id).path("state").asText());
    }

    private static long read(LaurelApi api, long id) {
        return new Uploads(api).get(id).path("rows").path("read").asLong();
    }

    private void assertEachPlayerHasAll(LaurelApi api, String board, String period) {
        JsonNode ranking = api.get("/api/v1/boards/" + board + "/rankings/" + period + "?limit=1000")
                .expect(200)
                .json();
        assertThat(ranking.path("total").asLong()).as(period).isEqualTo(PLAYERS);
        ranking.path("entries").forEach(entry -> assertThat(entry.path("score").asLong())
                .as("%s in %s", entry.path("playerId").asText(), period)
                .isEqualTo(rows / PLAYERS));
    }
}
