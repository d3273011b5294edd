package dev.laurel.faults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Two processes write the same players, and one of them comes late to Redis, or dies. */
@ExtendWith(Stage.Provider.class)
class ReplicaFaultsIT {
    private static final int MOST_DELAY_MILLIS = 50;

    private final int submissions = FaultSettings.figure("replica-submissions", 1_000, 20_000);
    private final int cuts = FaultSettings.figure("replica-cuts", 1, 10);
    private final int kills = FaultSettings.figure("replica-kills", 1, 10);
    private final int players = FaultSettings.figure("replica-players", 100, 100);

    @Test
    void theOrderInWhichTheyReachRedisDoesNotMatter(Stage stage) throws IOException {
        Replica service = stage.service();
        SplittableRandom random = FaultSettings.random("replicas");
        try (SlowPath path = SlowPath.to(stage.stores().redisPort(), MOST_DELAY_MILLIS, random);
                Replica late = late(stage, path)) {
            late.start();
            List<URI> both = List.of(service.address(), late.address());
            try (Scene scene = Scene.of("delayed-replica", stage, players)) {
                scene.readPlayers(service.address(), 2).begin(both, 32, 0);
                scene.load().awaitMore(scene.findings().acknowledged, submissions);
                Duration behind = scene.verifyStores();
                scene.say("%s acknowledged, Redis behind for %d ms", scene.findings().acknowledged, behind.toMillis());
                scene.verifyAll();
            }
            try (Scene scene = Scene.of("cut-replica", stage, players)) {
                // Nobody reads: until it has read the list of stale windows, the other process may answer what was.
                scene.begin(both, 32, 0);
                for (int cut = 1; cut <= cuts; cut++) {
                    Load.pause(300 + random.nextInt(500));
                    path.cut();
                    Load.pause(300);
                    Duration behind = scene.verifyStores();
                    scene.say("cut %d of %d, Redis behind for %d ms", cut, cuts, behind.toMillis());
                }
                scene.verifyAll();
            }
            try (Scene scene = Scene.of("killed-replica", stage, players)) {
                scene.readPlayers(service.address(), 2).begin(both, 32, 0);
                for (int kill = 1; kill <= kills; kill++) {
                    late.start();
                    Load.pause(300 + random.nextInt(500));
                    late.kill();
                    Load.pause(random.nextInt(2_000));
                    Duration behind = scene.verifyStores();
                    scene.say("kill %d of %d, Redis behind for %d ms", kill, kills, behind.toMillis());
                }
                scene.verifyAll();
            }
        }
    }

    private static Replica late(Stage stage, SlowPath path) throws IOException {
        String direct = ":" + stage.stores().redisPort();
        String hosts = stage.stores().redisHosts().replace(direct, ":" + path.port());
        return stage.replica("late", List.of(), Map.of("QUARKUS_REDIS_HOSTS", hosts));
    }
}
