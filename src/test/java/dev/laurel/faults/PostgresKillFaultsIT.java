package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** {@code kill -9} of PostgreSQL with all its processes, under load. */
@ExtendWith(Stage.Provider.class)
class PostgresKillFaultsIT {
    private static final Duration WRITES = Duration.ofSeconds(5);

    private final int rounds = FaultSettings.figure("postgres-rounds", 1, 10);
    private final int players = FaultSettings.figure("postgres-players", 1_000, 20_000);

    @Test
    void nothingAcknowledgedIsLostAndWritesAreSoonBack(Stage stage) throws IOException {
        SplittableRandom random = FaultSettings.random("postgres-kill");
        Worst worst = new Worst();
        Replica service = stage.service();
        try (Scene scene = Scene.of("postgres-kill", stage, players)) {
            scene.begin(List.of(service.address()), 12, 4);
            for (int round = 1; round <= rounds; round++) {
                int moment = 200 + random.nextInt(1_000);
                int away = random.nextInt(2_000);
                Load.pause(moment);
                stage.stores().killPostgres();
                Load.pause(away);
                stage.stores().startPostgres();
                long back = System.nanoTime();
                scene.load()
                        .awaitMore(
                                scene.findings().acknowledged,
                                scene.findings().acknowledged.get());
                Duration writes = Duration.ofNanos(System.nanoTime() - back);
                Load.pause(300);
                Duration behind = scene.verifyStores();
                worst.of("writes back", writes).of("Redis behind", behind);
                scene.say(
                        "round %d of %d: killed after %d ms of load, away %d ms, writes back after %d ms",
                        round, rounds, moment, away, writes.toMillis());
                assertThat(writes).as("writes back").isLessThan(WRITES);
                scene.assertReadsAnswered();
            }
            scene.verifyAll();
            scene.say("%d kills at %d players, worst times: %s", rounds, players, worst);
        }
    }
}
