package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Three processes, of which one after the other is stopped and started again under load: no client notices. */
@ExtendWith(Stage.Provider.class)
class RollingRestartFaultsIT {
    private static final int REPLICAS = 3;
    private static final int WRITERS = 12;

    private final int restarts = FaultSettings.figure("restarts", 1, 20);
    private final int everyMillis = FaultSettings.figure("restart-every-millis", 5_000, 5_000);
    private final int players = FaultSettings.figure("restart-players", 500, 2_000);

    @Test
    void noRequestFailsAndNothingIsLost(Stage stage) throws Exception {
        try (Scene scene = Scene.of("rolling", stage, players);
                Replicas replicas = new Replicas(stage, "rolling", REPLICAS, Map.of());
                Clients clients = Clients.begin(scene, "rolling", replicas.addresses(), WRITERS)) {
            Worst worst = new Worst();
            for (int restart = 1; restart <= restarts; restart++) {
                long began = System.nanoTime();
                Load.pause(500);
                Replica replica = replicas.get(restart % REPLICAS);
                Duration stopped = replica.stop();
                assertThat(replica.output()).doesNotContain("ERROR");
                Duration ready = replica.start();
                worst.of("stopped", stopped).of("ready", ready);
                scene.say(
                        "restart %d of %d: stopped in %d ms, ready in %d ms; so far %s",
                        restart, restarts, stopped.toMillis(), ready.toMillis(), clients);
                Load.pause(everyMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            }
            scene.verifyAll();
            clients.assertNoneFailed();
            assertThat(scene.findings().cutOff.get())
                    .as("accepted and not answered; the seed is %d", FaultSettings.SEED)
                    .isZero();
            scene.say("%d restarts, %s; worst times: %s", restarts, clients, worst);
        }
    }
}
