package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.platform.embedded.RedisFleet;
import dev.laurel.platform.embedded.RedisFleet.Kind;
import dev.laurel.testing.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A master of a Redis Cluster, or the one that sentinels watch, is killed or paused under load until another takes its
 * place: reads go on, nothing is lost, and the new master is soon equal to PostgreSQL.
 */
class RedisFailoverFaultsIT {
    private static final Duration EQUAL = Duration.ofSeconds(15);
    private static final Duration TAKEN_OVER = Duration.ofSeconds(60);
    private static final int SILENCE_MILLIS = 2_000;

    private final int rounds = FaultSettings.figure("failover-rounds", 1, 5);
    private final int players = FaultSettings.figure("failover-players", 1_000, 20_000);
    private final int submissions = FaultSettings.figure("failover-submissions", 200, 500);
    private final int reads = FaultSettings.figure("failover-reads", 500, 2_000);

    /** What happens to the master. */
    private enum Fault {
        KILLED,
        PAUSED
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readsGoOnAndTheNewMasterIsSoonEqual(Kind kind) throws IOException {
        SplittableRandom random = FaultSettings.random("failover-" + kind);
        try (Stage stage = new Stage(FaultStores.start(kind, SILENCE_MILLIS), Program.BUILT)) {
            URI service = stage.service().address();
            try (Scene scene = Scene.of("failover-" + kind, stage, players)) {
                scene.beginPaced(List.of(service), submissions, reads);
                depose(scene, stage, random, FaultSettings.LONG ? List.of(Fault.values()) : List.of(Fault.KILLED));
            }
            if (!FaultSettings.LONG) {
                return;
            }
            try (Replica other = stage.replica("failover-" + kind, List.of(), Map.of());
                    Scene scene = Scene.of("failover-of-two-" + kind, stage, players)) {
                other.start();
                // Nobody reads: they learn of the new master one after the other, and until the first has read that the
                // second could not tell Redis of an event, it may answer what was.
                scene.beginPaced(List.of(service, other.address()), submissions, 0);
                depose(scene, stage, random, List.of(Fault.PAUSED));
            }
        }
    }

    private void depose(Scene scene, Stage stage, SplittableRandom random, List<Fault> faults) {
        RedisFleet fleet = stage.stores().fleet();
        URI service = stage.service().address();
        Worst worst = new Worst();
        for (int round = 1; round <= rounds; round++) {
            for (Fault fault : faults) {
                Load.pause(500 + random.nextInt(1_000));
                int slot = scene.slot(random.nextInt(2));
                int master = fleet.masterOf(slot);
                long began = System.nanoTime();
                harm(fleet, fault, master);
                await().atMost(TAKEN_OVER).ignoreExceptions().until(() -> fleet.masterOf(slot) != master);
                long over = System.nanoTime();
                Duration complete = scene.awaitComplete(over, service);
                Duration equal = complete.plus(scene.verifyStores());
                worst.of(fault.name(), equal);
                scene.say(
                        "round %d of %d: master %s, another one after %d ms, equal %d ms after that; so far %s",
                        round,
                        rounds,
                        fault,
                        Duration.ofNanos(over - began).toMillis(),
                        equal.toMillis(),
                        scene.findings());
                if (FaultSettings.LONG) {
                    assertThat(equal).as("the new master is equal").isLessThan(EQUAL);
                }
                mend(fleet, fault, master);
                scene.awaitComplete(System.nanoTime(), service);
                scene.verifyStores();
                scene.assertReadsAnswered();
            }
        }
        scene.verifyAll();
        scene.say("%d rounds at %d players, worst times to equal: %s", rounds, players, worst);
    }

    private static void harm(RedisFleet fleet, Fault fault, int master) {
        if (fault == Fault.KILLED) {
            fleet.kill(master);
        } else {
            fleet.pause(master);
        }
    }

    /** It comes back, and follows the one that has taken its place. */
    private static void mend(RedisFleet fleet, Fault fault, int master) {
        if (fault == Fault.KILLED) {
            fleet.start(master);
        } else {
            fleet.resume(master);
        }
        fleet.awaitSettled();
    }
}
