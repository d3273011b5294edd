package dev.laurel.faults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Big windows loaded again while events arrive: nobody is lost, and nobody stays who should have gone. */
@ExtendWith(Stage.Provider.class)
class RebuildFaultsIT {
    /** So many that one who waits for an answer does not keep the next event from coming. */
    private static final int WRITERS = 50;

    private final int players = FaultSettings.figure("rebuild-players", 5_000, 1_000_000);
    private final int rounds = FaultSettings.figure("rebuild-rounds", 1, 3);
    private final int submissionsPerSecond = FaultSettings.figure("rebuild-submissions", 500, 500);

    @Test
    void aRebuildUnderWritesEndsComplete(Stage stage) {
        Replica service = stage.service();
        List<URI> services = List.of(service.address());
        try (Scene scene = Scene.of("rebuild", stage, players)) {
            for (int i = 0; i < WRITERS; i++) {
                String name = "rebuild-writer" + i;
                Writer writer = new Writer(name, services, scene.contests(), scene.findings());
                scene.load().add(name, writer, 1_000L * WRITERS / submissionsPerSecond);
            }
            scene.load()
                    .add(
                            "rebuild-reader",
                            new Reader("rebuild-reader", services, scene.contests(), scene.findings())::step,
                            100);
            scene.load().start();
            Worst worst = new Worst();
            for (int round = 1; round <= rounds; round++) {
                Load.pause(500);
                long sent = scene.findings().sent.get();
                stage.stores().flushRedis();
                long emptied = System.nanoTime();
                Duration complete = scene.awaitComplete(emptied, service.address());
                long during = scene.findings().sent.get() - sent;
                worst.of("rebuild", complete).of("Redis behind", scene.verifyStores());
                scene.say(
                        "round %d of %d: five windows of %d players in %d ms, %d events meanwhile; service %d MB, Redis %d MB",
                        round,
                        rounds,
                        players,
                        complete.toMillis(),
                        during,
                        service.megabytes(),
                        stage.stores().redisMegabytes());
                scene.assertReadsAnswered();
            }
            scene.verifyAll();
            scene.say("%d rebuilds, worst times: %s", rounds, worst);
        }
    }
}
