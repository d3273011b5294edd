package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Program;
import dev.laurel.testing.TestFolders;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * From the version before to this one, under load: three processes of the old program run on its schema, the schema is
 * migrated under them, and one after the other is replaced. No client notices.
 *
 * <p>The old program is not part of the sources: {@code src/test/scripts/previous-version.sh} builds it.
 */
class UpgradeFaultsIT {
    private static final String PREVIOUS = System.getProperty("laurel.faults.previous", "");
    private static final int REPLICAS = 3;
    private static final int WRITERS = 12;
    private static final long MIGRATED_SECONDS = 120;

    /** As in the manifests: replicas do not migrate, and refuse a schema that is older than they are. */
    private static final Map<String, String> SETTINGS = Map.of("LAUREL_POSTGRES_MIGRATE_AT_START", "false");

    private final int players = FaultSettings.figure("upgrade-players", 500, 2_000);
    private final int pauseMillis = FaultSettings.figure("upgrade-pause-millis", 2_000, 5_000);

    @Test
    void noRequestFailsAndNothingIsLost() throws Exception {
        Program previous = previousProgram();
        try (Stage stage = new Stage(FaultStores.start("upgrade-stores"), previous);
                Scene scene = Scene.of("upgrade", stage, players);
                Replicas replicas = new Replicas(stage, "upgrade", REPLICAS, SETTINGS);
                Clients clients = Clients.begin(scene, "upgrade", replicas.addresses(), WRITERS)) {
            Load.pause(pauseMillis);
            scene.say("schema migrated under three old processes in %d ms; %s", migrate(stage), clients);
            Load.pause(pauseMillis);
            scene.verifyStores();

            // As when one is moved in the middle of an upgrade: the old program comes back on a schema it does not
            // know.
            scene.say("an old process %s; %s", restart(replicas.get(0)), clients);
            Load.pause(pauseMillis);
            scene.verifyStores();

            for (Replica replica : replicas.all()) {
                replica.upgrade();
                scene.say("one replaced, %s; %s", restart(replica), clients);
                Load.pause(pauseMillis);
                scene.verifyStores();
            }
            stage.upgradeService();
            scene.verifyAll();
            clients.assertNoneFailed();
            scene.say(
                    "upgraded; %s; counted but not answered by the old program: %s", clients, scene.findings().cutOff);
        }
    }

    private static Program previousProgram() {
        String how = "the upgrade is not tested: build the old program with src/test/scripts/previous-version.sh, and"
                + " tell its folder by -Dlaurel.faults.previous=<folder with quarkus-run.jar>";
        if (PREVIOUS.isBlank()) {
            System.out.println("[faults] " + how);
        }
        assumeFalse(PREVIOUS.isBlank(), how);
        Path jar = Path.of(PREVIOUS, "quarkus-run.jar").toAbsolutePath();
        assertThat(Files.exists(jar)).as("%s is there", jar).isTrue();
        return Program.ofJar(jar);
    }

    /** Runs this build's program once with {@code --migrate}, and answers how many milliseconds that took. */
    private static long migrate(Stage stage) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Map<String, String> environment = stage.stores().environment();
        Path place =
                Files.createDirectories(TestFolders.ofThisFork("fault-replicas").resolve("upgrade-migration"));
        try (PackagedProgram migration = PackagedProgram.launchOnce(place, environment, "--migrate")) {
            boolean ended = migration.process().waitFor(MIGRATED_SECONDS, TimeUnit.SECONDS);
            assertThat(ended)
                    .as("the migration has ended; it said %s", migration.output())
                    .isTrue();
            assertThat(migration.process().exitValue()).as(migration.output()).isZero();
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static String restart(Replica replica) throws IOException, InterruptedException {
        Duration stopped = replica.stop();
        Duration ready = replica.start();
        return "stopped in %d ms, ready again in %d ms".formatted(stopped.toMillis(), ready.toMillis());
    }
}
