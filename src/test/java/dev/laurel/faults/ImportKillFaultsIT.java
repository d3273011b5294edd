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
    private static final Duration TAKEN_OVER = Duration.ofMinutes(5);

    private final int kills = FaultSettings.figure("import-kills", 3, 20);
    private final int rows = FaultSettings.figure("import-rows", 60_000, 300_000);
    private final SplittableRandom random = FaultSettings.random("import");

    @Test
    void aKilledImportGoesOnElsewhereAndNoRowCountsTwice(Stage stage) throws IOException {
        Map<String, String> working =
                Map.of("LAUREL_IMPORTS_LEASE", "2s", "LAUREL_IMPORTS_CHUNK", "500", "LAUREL_IMPORTS_PAUSE", "4");
        try (Replica watching = stage.replica("watching", List.of(), Map.of("LAUREL_IMPORTS_ENABLED", "false"));
                Replica one = stage.replica("one", List.of(), working);
                Replica another = stage.replica("another", List.of(), working)) {
            watching.start();
            one.start();
            another.start();
            String board = "imported-" + Long.toString(System.nanoTime(), 36);
            LaurelApi api = watching.api();
            api.putBoard(board, "{\"title\":\"Imported\",\"periods\":[\"DAILY\",\"WEEKLY\",\"ALL_TIME\"]}")
                    .expect(201);
            long id = new Uploads(api)
                    .send(Uploads.form(board, "EVENTS"), "rows.csv", file())
                    .expect(202)
                    .json()
                    .path("id")
                    .asLong();
            for (int kill = 0; kill < kills; kill++) {
                long before = read(api, id);
                await().atMost(TAKEN_OVER).until(() -> read(api, id) > before);
                Load.pause(random.nextInt(300));
                // Alone, so that the other one takes over, if it was this one that worked; or both, so that nobody
                // does.
                List<Replica> killed =
                        kill % 2 == 0 ? List.of(one, another) : List.of(random.nextBoolean() ? one : another);
                killed.forEach(Replica::kill);
                assertThat(isOver(api, id))
                        .as("over after %d of %d kills", kill, kills)
                        .isFalse();
                System.out.printf("[faults] %d killed at row %d%n", killed.size(), read(api, id));
                killed.forEach(Replica::start);
            }

            await().atMost(TAKEN_OVER).until(() -> isOver(api, id));
            JsonNode done = new Uploads(api).get(id);
            assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
            assertThat(done.path("rows").path("applied").asLong()).isEqualTo(rows);
            for (Replica each : List.of(watching, one, another)) {
                for (String period : List.of("daily", "weekly", "all_time")) {
                    assertEachPlayerHasAll(each.api(), board, period);
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
