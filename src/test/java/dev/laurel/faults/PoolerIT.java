package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.laurel.platform.embedded.Pooler;
import dev.laurel.platform.embedded.PostgresAddress;
import dev.laurel.testing.Program;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The service behind PgBouncer in transaction mode, with few servers: it leaves nothing behind on a connection. The long form also
 * asks everything that there is, and compares.
 */
class PoolerIT {
    private static final int SERVERS = 8;
    private static final int WRITERS = 8;

    private final int players = FaultSettings.figure("pooler-players", 300, 20_000);
    private final int rounds = FaultSettings.figure("pooler-rounds", 1, 10);

    @Test
    void nothingIsLostAndEveryAnswerIsThatOfAServiceWithoutIt() throws IOException {
        if (Pooler.program().isEmpty()) {
            System.out.println(
                    "[faults] no PgBouncer is installed (Debian: pgbouncer): the service is not tried behind it");
        }
        assumeTrue(Pooler.program().isPresent(), "PgBouncer is installed");
        // Stores of its own: it ends seasons before their time, which is no business of those who count what jobs have
        // closed.
        try (Stage stage = new Stage(FaultStores.start("pooler-stores"), Program.BUILT);
                Scene scene = Scene.of("pooler", stage, players);
                Pooler pooler = Pooler.start(stage.stores().postgres(), Path.of("target", "pooler"), SERVERS);
                Replica pooled = pooled(stage, pooler)) {
            Duration ready = pooled.start();
            scene.say("ready behind PgBouncer in %d ms", ready.toMillis());
            if (FaultSettings.LONG) {
                assertAnswersAreThoseOfAServiceWithoutIt(scene, stage, pooled);
            }
            stage.dismissService();
            loadWindowsUnderEvents(scene, stage, pooled.address());
            assertThat(pooled.output()).doesNotContain("ERROR", "PgException");
            scene.verifyAll();
        }
    }

    private static void assertAnswersAreThoseOfAServiceWithoutIt(Scene scene, Stage stage, Replica pooled) {
        List<String> behind =
                new AdminRound(pooled.api(), "round-pooled").run(stage.stores().redis());
        List<String> direct = new AdminRound(stage.service().api(), "round-direct")
                .run(stage.stores().redis());
        assertThat(behind).containsExactlyElementsOf(direct);
        scene.say("%d answers of a round of everything are those of a service without it", behind.size());
    }

    /** Cursors on several connections at once, beside the statements of writers and readers. */
    private void loadWindowsUnderEvents(Scene scene, Stage stage, URI pooled) {
        scene.begin(List.of(pooled), WRITERS, 2);
        for (int round = 1; round <= rounds; round++) {
            Load.pause(500);
            stage.stores().redis().send("FLUSHALL");
            Duration complete = scene.awaitComplete(System.nanoTime(), pooled);
            scene.verifyStores();
            scene.say("round %d of %d: windows loaded again in %d ms", round, rounds, complete.toMillis());
        }
        scene.assertReadsAnswered();
        assertThat(scene.findings().refused.get()).as("events refused").isZero();
        assertThat(scene.findings().unanswered.get())
                .as("events without an answer")
                .isZero();
    }

    /** By the names that the README gives: migrations go past PgBouncer. */
    private static Replica pooled(Stage stage, Pooler pooler) throws IOException {
        PostgresAddress address = pooler.address();
        Map<String, String> environment = new HashMap<>();
        environment.put("LAUREL_POSTGRES_URL", address.reactiveUrl());
        environment.put("LAUREL_POSTGRES_USER", address.user().orElseThrow());
        environment.put("LAUREL_POSTGRES_PASSWORD", address.password().orElseThrow());
        environment.put("LAUREL_POSTGRES_POOLER", "true");
        environment.put(
                "LAUREL_POSTGRES_MIGRATION_URL", stage.stores().postgres().reactiveUrl());
        environment.put("LAUREL_REDIS_URL", stage.stores().redisHosts());
        environment.put("LAUREL_ARCHIVE_ROLLOVER_EVERY", "1s");
        return new Replica("pooled", Program.BUILT, List.of(), environment);
    }
}
