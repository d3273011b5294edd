package dev.laurel.faults;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Reply;
import dev.laurel.web.PublicReads.Read;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A backup of random contents is restored into an empty service, which then answers everything as the first one does. Before
 * that, damaged files are refused, and a process is killed in the middle of a restore.
 */
class RestoreFaultsIT {
    private static final String BACKUPS = "/api/v1/admin/backups";
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration SAME = Duration.ofSeconds(30);
    private static final int COMMAND_SECONDS = 900;

    private final int events = FaultSettings.figure("restore-events", 6_000, 1_000_000);
    private final int players = FaultSettings.figure("restore-players", 300, 100_000);
    private final int kills = FaultSettings.figure("restore-kills", 1, 10);

    @TempDir
    Path place;

    @Test
    void aRestoredServiceAnswersAsTheFirstOne() throws Exception {
        try (KillableStores stores = KillableStores.start(place.resolve("first"));
                PackagedProgram first = PackagedProgram.start(place, environment(stores))) {
            new SavedScene(first.api(), FaultSettings.random("restore")).fill(events, players);
            long began = System.nanoTime();
            String backup =
                    said(0, first, "backup", "create", "--json").replaceFirst("(?s).*\"id\":\"([^\"]*)\".*", "$1");
            System.out.printf(
                    "[faults] backup of %d events in %d ms: %s%n",
                    events,
                    millisSince(began),
                    first.api().get(BACKUPS + "/" + backup).text());
            assertThat(said(0, first, "backup", "verify", backup)).contains("[OK] Backup " + backup);

            try (KillableStores others = KillableStores.start(place.resolve("second"))) {
                restoreIntoAnother(first, backup, others);
            }
        }
    }

    private void restoreIntoAnother(PackagedProgram first, String backup, KillableStores stores) throws Exception {
        Map<String, String> environment = environment(stores);
        try (PackagedProgram second = PackagedProgram.start(place, environment)) {
            damagedFilesAreRefused(second, backup);
        }
        for (int kill = 0; kill < kills; kill++) {
            try (PackagedProgram second = PackagedProgram.start(place, environment)) {
                if (!isEmpty(second.api())) {
                    break;
                }
                second.api().post(BACKUPS + "/" + backup + "/restore", "").expect(202);
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> !"CHECKING"
                        .equals(phase(second.api(), backup)));
                second.kill();
            }
        }
        try (PackagedProgram second = PackagedProgram.start(place, environment)) {
            System.out.printf("[faults] empty after a kill: %s%n", isEmpty(second.api()));
            if (isEmpty(second.api())) {
                long began = System.nanoTime();
                // The killed process counts for a moment.
                await().atMost(PATIENCE)
                        .until(
                                () -> second.api().post(BACKUPS + "/" + backup + "/restore", ""),
                                reply -> reply.status() == 202);
                JsonNode done = end(second.api(), backup);
                assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE");
                assertThat(done.at("/shown/audit/rowsDifferent").asLong(-1))
                        .as("%s", done)
                        .isZero();
                System.out.printf("[faults] restored in %d ms: %s%n", millisSince(began), done.path("rows"));
            }
            assertSame(first.api(), second.api());
            goesOn(second.api());
            assertThat(said(1, second, "backup", "restore", backup)).contains("not empty");
        }
    }

    private void damagedFilesAreRefused(PackagedProgram second, String backup) throws IOException {
        Path folder = place.resolve("backups").resolve(backup);
        Path file = folder.resolve("score_event-0001.ndjson.zst");
        byte[] good = Files.readAllBytes(file);
        byte[] flipped = good.clone();
        flipped[good.length / 3] ^= 1;
        Files.write(file, flipped);
        assertFailed(second.api(), backup, "score_event-0001.ndjson.zst has another SHA-256");
        Files.write(file, Arrays.copyOf(good, good.length / 2));
        assertFailed(second.api(), backup, "it is cut off");
        Files.delete(file);
        assertFailed(second.api(), backup, "score_event-0001.ndjson.zst is missing");
        Files.write(file, good);

        Path manifest = folder.resolve("manifest.json");
        String text = Files.readString(manifest);
        for (String[] change : new String[][] {{"\"format\" : 1", "\"format\" : 2"}, {"\"rows\" : ", "\"rows\" : 1"}}) {
            Files.writeString(manifest, text.replaceFirst(change[0], change[1]));
            Reply refused = second.api().post(BACKUPS + "/" + backup + "/restore", "");
            assertProblem(refused, 409);
            assertThat(refused.text()).contains("manifest.json");
        }
        Files.writeString(manifest, text);
        assertThat(isEmpty(second.api())).isTrue();
    }

    private static void assertFailed(LaurelApi api, String backup, String why) {
        await().atMost(PATIENCE)
                .until(() -> api.post(BACKUPS + "/" + backup + "/restore", ""), reply -> reply.status() == 202);
        JsonNode failed = end(api, backup);
        assertThat(failed.path("state").asText()).as("%s", failed).isEqualTo("FAILED");
        assertThat(failed.path("problem").asText()).contains(why);
        assertThat(isEmpty(api)).isTrue();
    }

    private static JsonNode end(LaurelApi api, String backup) {
        String path = BACKUPS + "/" + backup + "/restore";
        await().atMost(PATIENCE).until(() -> !"RUNNING"
                .equals(api.get(path).expect(200).json().path("state").asText()));
        return api.get(path).json();
    }

    private static String phase(LaurelApi api, String backup) {
        return api.get(BACKUPS + "/" + backup + "/restore").json().path("phase").asText();
    }

    private static boolean isEmpty(LaurelApi api) {
        return api.get("/api/v1/boards")
                        .expect(200)
                        .json()
                        .at("/pagination/total")
                        .asInt()
                == 1;
    }

    /** Both are asked again while they differ: a day may end in between, and what follows from that takes its time. */
    private static void assertSame(LaurelApi first, LaurelApi second) {
        List<Read> reads = SavedScene.reads(first);
        int answered = 0;
        for (Read read : reads) {
            String one = SavedScene.answer(first, read);
            if (!one.equals(SavedScene.answer(second, read))) {
                await().atMost(SAME).untilAsserted(() -> assertThat(SavedScene.answer(second, read))
                        .as(read.address())
                        .isEqualTo(SavedScene.answer(first, read)));
            }
            answered += one.startsWith("200") ? 1 : 0;
        }
        System.out.printf("[faults] %d answers are the same, %d of them 200%n", reads.size(), answered);
        assertThat(answered).isGreaterThan(100);
    }

    /** What is new after a restore is accepted, ranked and followed. */
    private static void goesOn(LaurelApi api) {
        api.submit("sum", "{\"playerId\":\"new\",\"score\":3,\"metrics\":{\"kills\":1}}")
                .expect(200);
        await().atMost(SAME).untilAsserted(() -> assertThat(api.get("/api/v1/boards/sum/rankings/all_time/players/new")
                        .expect(200)
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(3));
        await().atMost(SAME).untilAsserted(() -> assertThat(api.get("/api/v1/players/new/analytics/summary?board=sum")
                        .expect(200)
                        .text())
                .contains("\"events\":1"));
        SavedScene.settled(api);
        api.putBoard("later", "{\"title\":\"Later\"}").expect(201);
    }

    private Map<String, String> environment(KillableStores stores) throws IOException {
        Map<String, String> environment = new HashMap<>(stores.environment());
        environment.put("LAUREL_BACKUP_DIRECTORY", place.resolve("backups").toString());
        return environment;
    }

    private static long millisSince(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private String said(int code, PackagedProgram service, String... arguments) throws Exception {
        Map<String, String> environment =
                Map.of("LAUREL_URL", service.api().address().toString());
        try (PackagedProgram program = PackagedProgram.launchOnce(place, environment, arguments)) {
            assertThat(program.process().waitFor(COMMAND_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(program.process().exitValue()).as(program.output()).isEqualTo(code);
            return program.output();
        }
    }
}
