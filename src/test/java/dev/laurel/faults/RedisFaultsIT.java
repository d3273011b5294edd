package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Redis killed and back with nothing, emptied, back with an earlier state, or paused, under load: no read notices. */
@ExtendWith(Stage.Provider.class)
class RedisFaultsIT {
    private static final Duration EQUAL = Duration.ofSeconds(10);

    private final int rounds = FaultSettings.figure("redis-rounds", 1, 10);
    private final int players = FaultSettings.figure("redis-players", 1_000, 100_000);
    private final int pauseMillis = FaultSettings.figure("redis-pause-millis", 1_500, 20_000);

    /** What happens to Redis, until it serves again. */
    private enum Fault {
        KILLED_AND_EMPTY,
        FLUSHED,
        BACK_WITH_EARLIER_STATE,
        PAUSED
    }

    @Test
    void readsGoOnAndRedisIsSoonEqualAgain(Stage stage) throws IOException {
        SplittableRandom random = FaultSettings.random("redis");
        Worst worst = new Worst();
        Replica service = stage.service();
        try (Scene scene = Scene.of("redis", stage, players)) {
            scene.begin(List.of(service.address()), 12, 4);
            for (int round = 1; round <= rounds; round++) {
                for (Fault fault : Fault.values()) {
                    stage.stores().takeSnapshot();
                    int moment = 200 + random.nextInt(800);
                    int away = fault == Fault.PAUSED ? pauseMillis : random.nextInt(1_500);
                    Load.pause(moment);
                    harm(stage.stores(), fault, away);
                    long back = System.nanoTime();
                    Duration complete = scene.awaitComplete(back, service.address());
                    Load.pause(200);
                    Duration behind = scene.verifyStores();
                    scene.assertReadsAnswered();
                    Duration equal = complete.plus(behind);
                    worst.of(fault.name(), equal);
                    scene.say(
                            "round %d of %d: %s after %d ms of load, away %d ms, equal %d ms after its return",
                            round, rounds, fault, moment, away, equal.toMillis());
                    if (FaultSettings.LONG) {
                        assertThat(equal).as("Redis equal again").isLessThan(EQUAL);
                    }
                }
            }
            scene.verifyAll();
            scene.say("%d rounds of each at %d players, worst times to equal: %s", rounds, players, worst);
        }
    }

    private static void harm(FaultStores stores, Fault fault, int away) throws IOException {
        switch (fault) {
            case KILLED_AND_EMPTY -> {
                stores.killRedis();
                Load.pause(away);
                stores.startRedisEmpty();
            }
            case BACK_WITH_EARLIER_STATE -> {
                stores.killRedis();
                Load.pause(away);
                stores.startRedisFromSnapshot();
            }
            case FLUSHED -> stores.flushRedis();
            default -> {
                stores.pauseRedis();
                Load.pause(away);
                stores.resumeRedis();
            }
        }
    }
}
