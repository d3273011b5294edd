package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A proper stop under load: what was accepted is answered to its end, and what was acknowledged is stored. */
@ExtendWith(Stage.Provider.class)
class GracefulStopFaultsIT {
    private static final Duration STOPPED = Duration.ofSeconds(25);
    private static final int BATCHES = 4;

    private final int rounds = FaultSettings.figure("stops", 1, 10);
    private final int connections = FaultSettings.figure("stop-connections", 64, 256);
    private final int batchSize = FaultSettings.figure("stop-batch", 1_000, 5_000);

    @Test
    void noAcceptedRequestIsCutOff(Stage stage) throws Exception {
        SplittableRandom random = FaultSettings.random("stop");
        for (int round = 1; round <= rounds; round++) {
            Replica service = stage.service();
            try (Scene scene = Scene.of("stop" + round, stage, 500)) {
                StopWitness.Record record = new StopWitness.Record();
                List<Thread> witnesses = witnesses(scene, service, record);
                witnesses.forEach(Thread::start);
                Load.pause(1_000 + random.nextInt(1_000));

                long stopAt = System.nanoTime();
                record.stopAt = stopAt;
                service.terminate();

                boolean ended = service.process().waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS);
                Duration took = Duration.ofNanos(System.nanoTime() - stopAt);
                assertThat(ended)
                        .as("end within %s; it said %s", STOPPED, service.output())
                        .isTrue();
                for (Thread witness : witnesses) {
                    witness.join();
                }
                scene.say("round %d of %d: stopped in %d ms; %s", round, rounds, took.toMillis(), record);
                record.findings.assertNone();
                assertThat(service.output()).doesNotContain("ERROR");
                stage.service();
                scene.verifyAll();
            }
        }
    }

    private List<Thread> witnesses(Scene scene, Replica service, StopWitness.Record record) {
        List<Thread> witnesses = new ArrayList<>();
        for (int i = 0; i < connections + BATCHES; i++) {
            int events = i < connections ? 1 : batchSize;
            Contest contest = scene.contests().get(0);
            witnesses.add(new Thread(new StopWitness(service.address(), contest, "witness" + i, events, record)));
        }
        return witnesses;
    }
}
