package dev.laurel.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The packaged program with {@code --demo}: all boards get their past, and scores go on. */
class DemoIT {
    private static final Duration FILLED = Duration.ofMinutes(2);

    @TempDir
    Path place;

    @Test
    void theDemonstrationFillsItsBoardsAndKeepsScoring() throws Exception {
        if (Program.BUILT.embedsStores()) {
            run(Map.of("LAUREL_EMBEDDED_DATA_DIR", place.resolve("data").toString()));
            return;
        }
        try (KillableStores stores = KillableStores.start(place.resolve("stores"))) {
            run(stores.environment());
        }
    }

    private void run(Map<String, String> environment) throws Exception {
        try (PackagedProgram program = PackagedProgram.launchOnce(place, new HashMap<>(environment), "--demo")) {
            program.awaitReady();
            LaurelApi api = program.api();
            await().atMost(FILLED).until(() -> program.output().contains("Demo: scoring"));

            for (DemoBoard board : DemoBoards.ALL) {
                JsonNode ranking = api.get("/api/v1/boards/" + board.id() + "/rankings/all_time")
                        .expect(200)
                        .json();
                assertThat(ranking.path("total").asInt()).as(board.id()).isGreaterThan(50);
            }
            double before = counted(program);
            await().atMost(FILLED).until(() -> counted(program) >= before + 3);
            assertThat(program.output()).doesNotContain("ERROR", "refused", "has been blocked");
        }
    }

    /** Events that have been applied since the start. */
    private static double counted(PackagedProgram program) {
        return program.management()
                .get("/q/metrics")
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.startsWith("laurel_score_events_total") && line.contains("\"APPLIED\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
