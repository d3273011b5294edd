package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** {@code kill -9} of the service at random moments under load. */
@ExtendWith(Stage.Provider.class)
class ServiceKillFaultsIT {
    private static final Duration READY = Duration.ofSeconds(5);

    private final int rounds = FaultSettings.figure("kills", 2, 50);
    private final int players = FaultSettings.figure("kill-players", 300, 2_000);

    @Test
    void nothingAcknowledgedIsLostAndNothingCountsTwice(Stage stage) {
        Replica service = stage.service();
        Duration bound = bound(stage.undisturbedStart());
        SplittableRandom random = FaultSettings.random("service-kill");
        Worst worst = new Worst();
        try (Scene scene = Scene.of("service-kill", stage, players)) {
            scene.begin(List.of(service.address()), 16, 2);
            for (int round = 1; round <= rounds; round++) {
                int moment = 100 + random.nextInt(2_000);
                Load.pause(moment);
                service.kill();
                long killed = System.nanoTime();
                Duration ready = service.start();
                long since = scene.findings().acknowledged.get();
                scene.load().awaitMore(scene.findings().acknowledged, since);
                scene.verifyStores();
                Duration equal = Duration.ofNanos(System.nanoTime() - killed);
                scene.say(
                        "round %d of %d: killed after %d ms of load, ready in %d ms, Redis equal within %d ms",
                        round, rounds, moment, ready.toMillis(), equal.toMillis());
                worst.of("ready", ready).of("Redis equal", equal);
                assertThat(ready).as("ready again").isLessThan(bound);
            }
            scene.verifyAll();
            scene.say("%d kills, worst times: %s", rounds, worst);
        }
    }

    /** The short form runs wherever the build does, beside whatever else is done there. */
    private static Duration bound(Duration undisturbed) {
        Duration twice = undisturbed.multipliedBy(2);
        return FaultSettings.LONG || twice.compareTo(READY) < 0 ? READY : twice;
    }
}
