package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program as a person runs it: started, used, killed, started again, stopped. The native one is told of stores
 * that run beside it, and leaves them alone.
 */
class LaurelIT {
    private static final String COMPAT = "/api/redis-leaderboard";
    private static final Duration STOPPED = Duration.ofSeconds(10);

    @TempDir
    Path place;

    private KillableStores stores;
    private Map<String, String> environment;

    @BeforeEach
    void storesForAProgramThatBringsNone() throws IOException {
        if (Program.BUILT.embedsStores()) {
            environment =
                    Map.of("LAUREL_EMBEDDED_DATA_DIR", place.resolve("data").toString());
        } else {
            stores = KillableStores.start(place.resolve("stores"));
            environment = stores.environment();
        }
    }

    @AfterEach
    void stopThem() throws IOException {
        if (stores != null) {
            stores.close();
        }
    }

    @Test
    void whatWasCountedIsThereAfterAKillAndTheProgramEndsWhenTold() throws Exception {
        try (PackagedProgram program = PackagedProgram.start(place, environment)) {
            LaurelApi api = program.api();
            JsonNode counted = api.post(COMPAT + "/update", "{\"user_id\":\"alice\",\"count\":3}")
                    .expect(200)
                    .json();
            assertThat(counted.path("daily_pomo").asInt()).isEqualTo(3);
            api.post(COMPAT + "/update", "{\"user_id\":\"bob\",\"count\":2}").expect(200);
            assertRanking(api);

            program.kill();
        }

        try (PackagedProgram program = PackagedProgram.start(place, environment)) {
            assertRanking(program.api());
            List<ProcessHandle> ownStores = program.children();
            assertThat(ownStores.isEmpty()).isNotEqualTo(Program.BUILT.embedsStores());

            program.askToStop();

            assertThat(program.process().waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS))
                    .as("end within %s; it said %s", STOPPED, program.output())
                    .isTrue();
            await().atMost(STOPPED).until(() -> ownStores.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(program.output()).doesNotContain("has been blocked", "ERROR");
        }
    }

    /** A year's ranking, so that midnight may pass meanwhile; the day's is asked for as a person would. */
    private static void assertRanking(LaurelApi api) {
        api.get(COMPAT + "/daily").expect(200);
        JsonNode top = api.get(COMPAT + "/yearly").expect(200).json();
        JsonNode rank = api.get(COMPAT + "/user/bob/rank/yearly").expect(200).json();

        assertThat(top.findValuesAsText("user_id")).containsExactly("alice", "bob");
        assertThat(rank.path("rank").asInt()).isEqualTo(2);
        assertThat(rank.path("score").asInt()).isEqualTo(2);
        assertThat(rank.path("total").asInt()).isEqualTo(2);
    }
}
